import { migrateDatabase } from '#server/platform/database/connect.ts'
import { beginDemo, clearHalfMade, finishDemo, standingOf } from '#server/platform/firstStart.ts'
import { type Installation, markInstallation } from '#server/platform/installation.ts'
import { queues } from '#server/platform/jobs.ts'
import { Failed } from '../failure.ts'
import { say } from '../say.ts'
import { type Demo, dropFiles, type Ground, loadDemo, populate } from './demo.ts'

const update = async ({ database }: Ground): Promise<void> => {
  if (database.adminUrl === undefined) return
  const { applied } = await migrateDatabase(database, { queues })
  if (applied.length > 0) say(`  数据库已升级：${applied.join('、')}`)
}

const makeDemo = async (ground: Ground, demo: Demo): Promise<Installation> => {
  const { adminUrl } = ground.database
  if (adminUrl === undefined) throw new Failed('建立演示区县要用所有者账号；请设置 DATABASE_ADMIN_URL')
  say('演示区县（只在第一次启动时建立）……')
  const began = performance.now()
  await beginDemo(adminUrl, demo.demoInstallation)
  await populate(ground, demo)
  await finishDemo(adminUrl)
  say(`  已建立，${((performance.now() - began) / 1000).toFixed(1)} 秒`)
  return demo.demoInstallation
}

/**
 * Brings the database to this version and to what it is to be: a demo with its district, or a real installation. A demo
 * whose making was broken off is emptied and made anew. What an installation is, it stays.
 */
export const prepareInstallation = async (ground: Ground & { readonly wantsDemo: boolean }): Promise<Installation> => {
  const { database, dataDir, wantsDemo } = ground
  await update(ground)
  let standing = await standingOf(database.appUrl)
  if (standing.kind === 'halfMade') {
    say('上次建立演示区县时中断，重新建立')
    if (database.adminUrl === undefined) throw new Failed('重新建立演示区县要用所有者账号；请设置 DATABASE_ADMIN_URL')
    await clearHalfMade(database.adminUrl)
    await dropFiles(dataDir)
    await update(ground)
    standing = { kind: 'new' }
  }
  if (standing.kind === 'made') {
    if (wantsDemo && !standing.installation.demo)
      throw new Failed('这里存的是正式数据，不能当演示启动；去掉 --demo，或者用 --data 另指一个文件夹')
    return standing.installation
  }
  if (wantsDemo) return makeDemo(ground, await loadDemo())
  const real: Installation = { demo: false }
  if (database.adminUrl !== undefined) await markInstallation(database.adminUrl, real)
  return real
}
