import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { plain, route } from '#contract/route.ts'

/** A key as it is handed out, and what a person compares of it. */
const key = { vkey: z.string(), fingerprint: z.string() }

const checkpointAt = z.object({ size: z.number().int(), root: z.string(), signedAt: z.string() })

/** Something found wrong, in words: what, where, what to do. */
export const findingShown = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** Paths, addresses, the system's own words; for whoever runs the system. */
  detail: z.string().optional(),
})

export type FindingShown = z.infer<typeof findingShown>

const log = z.object({
  number: z.number().int(),
  origin: z.string(),
  ...key,
  beganAt: z.string().optional(),
  /** From the second one on: why it was begun, the last checkpoint known of the one before, and who decided it. */
  reason: z.string().optional(),
  previous: z.string().optional(),
  decidedBy: z.array(z.string()),
})

export type LogShown = z.infer<typeof log>

const verification = z.object({
  at: z.string(),
  source: z.enum(['sequencer', 'fsck', 'witness', 'replay']),
  log: z.number().int(),
  size: z.number().int(),
  sound: z.boolean(),
  /** How many things were found; the findings themselves name records and are shown to whoever may look into all. */
  found: z.number().int(),
  findings: z.array(findingShown),
})

export type VerificationShown = z.infer<typeof verification>

const held = z.object({
  state: z.enum([
    'same',
    'newer',
    'older',
    /** Another root of the same size, signed by the same key. */
    'forked',
    /** Not signed by this log's key. */
    'notOurs',
    /** There is a file, and it is no checkpoint. */
    'unreadable',
    'none',
    /** Not to be reached from here. */
    'away',
  ]),
  size: z.number().int().optional(),
})

export type HeldInFolder = z.infer<typeof held>

export const readLedger = route({
  ...plain,
  method: 'GET',
  path: '/api/ledger',
  summary: '存证核验：大小、快照、联署方、最近的检查',
  tag: 'ledger',
  access: { act: 'ledger.read' },
  reply: z.object({
    log,
    /** Those before it, latest first; there are some only after a disaster. */
    earlier: z.array(log),
    size: z.number().int(),
    root: z.string().optional(),
    signed: checkpointAt.optional(),
    /** Acts that are received and signed for, and not yet in the log. */
    waiting: z.number().int(),
    witnesses: z.array(
      z.object({
        name: z.string(),
        ...key,
        addedAt: z.string(),
        size: z.number().int().optional(),
        cosignedAt: z.string().optional(),
        triedAt: z.string().optional(),
        trouble: z.string().optional(),
      }),
    ),
    /** The logs we co-sign. */
    witnessed: z.array(
      z.object({
        origin: z.string(),
        ...key,
        size: z.number().int().optional(),
        cosignedAt: z.string().optional(),
      }),
    ),
    verifications: z.array(verification),
    /** Since when the oldest of them waits, where that is longer than a minute: signing stands still, whatever the reason. */
    waitingSince: z.string().optional(),
    /** Why it is not signed on, and since when. */
    trouble: findingShown.extend({ at: z.string() }).optional(),
    /** Checks whose last run found something, and nothing since has found it gone. */
    alarms: z.array(verification),
    secondFolder: z.object({
      onSameDisk: z.boolean().optional(),
      /** What lies there, compared with the last checkpoint signed: only of `same` and `newer` can everything be restored. */
      held,
      /** For whoever runs the system: where it is, and whether others than its owner may read the journal. */
      path: z.string().optional(),
      isOpen: z.boolean().optional(),
    }),
  }),
})

export type LedgerShown = z.infer<typeof readLedger.reply>

export const checkpointShown = z.object({
  log: z.number().int(),
  ...checkpointAt.shape,
  cosignedBy: z.array(z.string()),
})

export type CheckpointShown = z.infer<typeof checkpointShown>

export const listCheckpoints = route({
  ...plain,
  method: 'GET',
  path: '/api/ledger/checkpoints',
  summary: '存证快照：签过名的每一份，新的在前',
  tag: 'ledger',
  access: { act: 'ledger.read' },
  query: z.object(pageQuery),
  reply: pageOf(checkpointShown),
})

const stream = { tenantId: z.uuid(), streamId: z.uuid() }

export const receiptInLog = z.object({
  version: z.number().int(),
  leafHash: z.string(),
  receivedAt: z.string(),
  /** The person it is about was erased: the record can no longer be shown, its place in the log stands. */
  erased: z.boolean(),
  /** It has waited for the log longer than a minute. */
  late: z.boolean(),
  /** Left out until it is in order and in a signed checkpoint. */
  inLog: z
    .object({
      log: z.number().int(),
      index: z.number().int(),
      /** The first checkpoint that holds it. */
      size: z.number().int(),
      signedAt: z.string(),
      cosigned: z.array(z.object({ witness: z.string(), at: z.string() })),
    })
    .optional(),
})

export type ReceiptInLog = z.infer<typeof receiptInLog>

export const readReceipts = route({
  ...plain,
  method: 'GET',
  path: '/api/ledger/receipts/:tenantId/:streamId',
  summary: '一个对象的全部回执：存证编号、第几条、哪份快照、谁联署',
  tag: 'ledger',
  access: { act: 'ledger.prove' },
  params: z.object(stream),
  reply: z.object({ origin: z.string(), items: z.array(receiptInLog) }),
})

/** `all` shows the record; `record` what it says and not who entered it; `outline` only of what kind it is, of whom, and when it came in. */
export const shownParts = ['all', 'record', 'outline'] as const

export const readProof = route({
  ...plain,
  method: 'GET',
  path: '/api/ledger/proofs/:tenantId/:streamId/:version',
  summary: '下载一条记录的存证文件（.tlog-proof），离线可核验',
  tag: 'ledger',
  access: { act: 'ledger.prove' },
  params: z.object({ ...stream, version: z.coerce.number().int().min(1).max(1_000_000) }),
  query: z.object({ show: z.enum(shownParts).default('all') }),
  /** The file itself. */
  reply: z.unknown(),
})

export type RecordAt = { readonly tenantId: string; readonly streamId: string; readonly version: number }

export const proofPath = ({ tenantId, streamId, version }: RecordAt, show: (typeof shownParts)[number]): string =>
  `/api/ledger/proofs/${tenantId}/${streamId}/${version}?show=${show}`

/** The verifier's page, one file that needs no server. */
export const verifierPath = '/verify'
