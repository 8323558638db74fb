import { v7 as uuidv7 } from 'uuid'
import { printBoard, readBoard } from '#contract/board.ts'
import { fileCrewMeeting } from '#contract/paper.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, type TestServer } from '#tests/support/district.ts'
import { uploaded } from '#tests/support/upload.ts'

/** A board that was printed and a meeting before the shift that was filed: a row in each of their tables. */
export const fillPapers = async ({ as, ids, baseUrl }: TestServer): Promise<void> => {
  const params = { mineId: ids.mine }
  const { digest } = granted(await as('worker').call(readBoard, { params }))
  granted(await as('safetyOfficer').call(printBoard, { params, body: { commandId: uuidv7(), digest } }))
  const photo = await uploaded(baseUrl, as('safetyOfficer'), ids.mine, await jpegPhoto(50, 40), {
    name: '签到.jpg',
    type: 'image/jpeg',
  })
  const body = { commandId: uuidv7(), crew: '采剥一班', present: 11, photos: [photo] }
  granted(await as('crewLeader').call(fileCrewMeeting, { params: { ...params, id: uuidv7() }, body }))
}
