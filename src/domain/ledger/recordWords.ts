import type { z } from 'zod'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { boardActs } from '#domain/board/record.ts'
import { type FieldMeta, fieldMeta } from '#domain/field.ts'
import { type HandoverAct, handoverForms, handoverTitles } from '#domain/handover/decide.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { crewMeetingFiling } from '#domain/paper/crewMeeting.ts'
import { presenceActs } from '#domain/presence/record.ts'

/**
 * The Chinese words for what a disclosed record says: kinds of act, roles, fields of a body. Plain data, so that the
 * verifier's page carries the words without the rules behind them.
 */
export type RecordWords = {
  readonly kinds: Readonly<Record<string, KindWords>>
  readonly roles: Readonly<Record<string, string>>
}

export type KindWords = { readonly title: string; readonly fields: Readonly<Record<string, FieldWords>> }
export type FieldWords = Pick<FieldMeta, 'label' | 'widget' | 'options'>

const wordsOf = ({ label, widget, options }: FieldMeta): FieldWords => ({ label, widget, ...(options && { options }) })

const fieldsOf = (body: z.ZodObject): Readonly<Record<string, FieldWords>> => {
  const shape: z.core.$ZodShape = body.shape
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const meta = fieldMeta(schema)
      return meta ? [[name, wordsOf(meta)]] : []
    }),
  )
}

const noFields = (title: string): KindWords => ({ title, fields: {} })

const handovers: Readonly<Record<string, KindWords>> = Object.fromEntries(
  (Object.keys(handoverForms) as HandoverAct[]).map((act): [string, KindWords] => [
    `handover.${act}`,
    { title: `岗位交接：${handoverTitles[act]}`, fields: fieldsOf(handoverForms[act]) },
  ]),
)

/** Registries carry whole values, which are shown as they stand. */
const registries: Readonly<Record<string, KindWords>> = {
  'mine.changed': noFields('矿山登记变更'),
  'company.changed': noFields('企业登记变更'),
  'organisation.changed': noFields('单位登记变更'),
  'person.changed': noFields('人员登记变更'),
  'person.reveal': noFields('查看个人信息'),
  'account.changed': noFields('账号登记变更'),
  'account.credentialsSet': noFields('设置登录密码'),
  'importing.taken': noFields('从表格导入'),
  'register.export': {
    title: '导出台账',
    fields: {
      format: { label: '文件格式', widget: 'line' },
      columns: { label: '列', widget: 'text' },
      filter: { label: '筛选条件', widget: 'text' },
      sort: { label: '排序', widget: 'line' },
      descending: { label: '从大到小', widget: 'check' },
      on: { label: '日期', widget: 'date' },
      rows: { label: '行数', widget: 'number' },
    },
  },
  ...handovers,
  'inspectionFolder.made': {
    title: '迎检档案袋',
    fields: {
      on: { label: '截至', widget: 'date' },
      sha256: { label: '文件的 SHA-256', widget: 'line' },
      pages: { label: '页数', widget: 'number' },
      hazards: { label: '重大隐患条数', widget: 'number' },
      photos: { label: '照片张数', widget: 'number' },
      leftOut: { label: '没有收进来的', widget: 'text' },
    },
  },
  'crewMeeting.filed': { title: '班前会入档', fields: fieldsOf(crewMeetingFiling) },
  'board.printed': {
    title: '公示牌：印制',
    fields: {
      on: { label: '印制日期', widget: 'date' },
      digest: { label: '公示内容摘要', widget: 'line' },
      lines: { label: '牌上的隐患', widget: 'text' },
    },
  },
  'board.posted': { title: '公示牌：张贴', fields: fieldsOf(boardActs.post) },
  'board.published': { title: '公示牌：上网', fields: fieldsOf(boardActs.publish) },
  'board.withdrawn': { title: '公示牌：撤下网页', fields: fieldsOf(boardActs.withdraw) },
  'mineUnit.changed': noFields('车间、班组、外包外租登记变更'),
  'permit.changed': noFields('证照登记变更'),
  'presence.recorded': { title: '关键人驻矿：记录', fields: fieldsOf(presenceActs.record) },
  'presence.corrected': { title: '关键人驻矿：更正', fields: fieldsOf(presenceActs.correct) },
  'presence.withdrawn': { title: '关键人驻矿：作废', fields: fieldsOf(presenceActs.withdraw) },
  'selfCheck.handOver': noFields('月排查：交接'),
  'selfCheck.submit': noFields('月排查：提交'),
  'selfCheck.sign': noFields('月排查：主要负责人签字'),
}

export const recordWords = (): RecordWords => ({
  kinds: {
    ...Object.fromEntries(
      Object.entries(transitions).map(([act, { title, body }]): [string, KindWords] => [
        `hazard.${act}`,
        { title: `隐患：${title}`, fields: fieldsOf(body) },
      ]),
    ),
    ...registries,
  },
  roles: Object.fromEntries(roleNames.map((role) => [role, roleTitle(role)])),
})
