import { z } from 'zod'
import { field } from '#domain/field.ts'
import { type HazardAct, hazardActs, transitionOf } from '#domain/hazard/transitions.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

/**
 * A printed form that is signed by hand and files its own photo (PRACTICE A14, 33): its QR code opens the phone's page that
 * takes one photo and puts it where it belongs.
 */
export const paperForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('crewCard'), crew: field.line('班组', { max: 50 }), on: field.date('日期') }),
  z.object({
    kind: z.literal('hazardAct'),
    hazardId: z.uuid(),
    act: z.enum(hazardActs),
    body: z.record(z.string(), z.unknown()),
  }),
])

export type PaperForm = z.infer<typeof paperForm>

/** Acts that a principal may sign on paper: those whose record holds the photo of it. */
export const signedOnPaper = (act: HazardAct): boolean => transitionOf(act)?.paperSigner !== undefined

export const mayPrint = (form: PaperForm): Outcome<undefined> =>
  form.kind === 'crewCard' || signedOnPaper(form.act)
    ? ok(undefined)
    : refuse({
        code: 'not-signed-on-paper',
        message: `“${transitionOf(form.act)?.title ?? form.act}”不用在纸上签字`,
        remedy: '直接在页面上办理',
      })

/** What the filed photo makes of the form: the body of the act, or of the meeting. */
export const filedBody = (
  form: PaperForm,
  photos: readonly string[],
  present: number | undefined,
): Readonly<Record<string, unknown>> =>
  form.kind === 'hazardAct'
    ? { ...form.body, paperSignature: photos }
    : { on: form.on, crew: form.crew, photos, ...(present !== undefined && { present }) }
