import type { BundleFault, CheckpointFault, Cosigned, FormProblem, HeadClaimed, Proven, ProvenHead } from './bundle.ts'
import type { DisclosureProblem } from './disclosureJson.ts'
import type { TrustFault } from './trust.ts'

/** What a verifier found, in words for somebody who has never heard of a hash. Read by the command line and by the page. */
export type Explanation = {
  /** Refused: something in it is wrong. Unjudged: it may be right, and what is at hand does not suffice to say so. */
  readonly tone: 'passed' | 'refused' | 'unjudged'
  /** In big letters. */
  readonly verdict: string
  readonly message: string
  /** Hashes, places and names that somebody else can compare. */
  readonly facts: readonly { readonly label: string; readonly text: string }[]
  /** What to do now, one step a line. */
  readonly steps: readonly string[]
}

export type ProvenExplanation = Explanation & {
  readonly proves: readonly string[]
  readonly doesNotProve: readonly string[]
}

const hourMs = 3_600_000

/** `2023-07-31 09:00`: Asia/Shanghai has stood eight hours ahead of UTC since 1991. */
export const shanghaiTime = (ms: number): string =>
  new Date(ms + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ')

/** The part of a hash that is printed large and compared by eye. */
export const firstHex = (hash: string): string => hash.slice(0, 8)

const place = (index: number, size: number): string => `第 ${index + 1} 条（共 ${size} 条）`

const cosignedText = ({ witness, at }: Cosigned): string => `${witness}，${shanghaiTime(at * 1000)}`

const leafLabel = '存证编号'
const refusedVerdict = '核验不通过'
const unjudgedVerdict = '无法核验'

const askForOriginal = '向发给您文件的单位要原来的文件，或者扫描打印的存证单，再核验一次。'
const keepAndReport = '再核验仍不通过的：保留这个文件不要改动，交给联署方或者监管部门核对。'
const compareKey = '把公钥指纹与公示栏、存证单上印的比一比；不一样的，向管理日志的单位要现在用的公钥。'

const form: Readonly<Record<FormProblem, Explanation>> = {
  notText: {
    tone: 'unjudged',
    verdict: '这不是存证文件',
    message: '文件里不是文字，可能是照片、表格或者压缩包。',
    facts: [],
    steps: ['选以 .tlog-proof 结尾的文件。', '手里是打印的二维码的，拍成照片再放进来。'],
  },
  tooLong: {
    tone: 'unjudged',
    verdict: '这不是存证文件',
    message: '文件太大了。一条记录的存证文件只有几千字节。',
    facts: [],
    steps: ['选以 .tlog-proof 结尾的文件。'],
  },
  lineEnds: {
    tone: 'unjudged',
    verdict: unjudgedVerdict,
    message: '文件的换行被别的程序改过了（例如用记事本另存），与原来的文件不再一字不差。',
    facts: [],
    steps: ['用下载时的原文件，不要打开另存；用微信转发时按“文件”发送。'],
  },
  notProof: {
    tone: 'unjudged',
    verdict: '这不是存证文件',
    message: '文件不是存证文件的写法：要么是别的文件，要么缺了一段、多了一段，或者有字被改动。',
    facts: [],
    steps: ['选以 .tlog-proof 结尾的文件。', askForOriginal],
  },
  noContent: {
    tone: 'unjudged',
    verdict: unjudgedVerdict,
    message: '文件里只有证明，没有记录的内容，无从知道证明的是什么。',
    facts: [],
    steps: [askForOriginal],
  },
  notCheckpoint: {
    tone: 'unjudged',
    verdict: unjudgedVerdict,
    message: '存证快照（日志名、条数、根校验值和签名那几行）不完整，或者写法被改动。',
    facts: [],
    steps: [askForOriginal],
  },
}

const contentMessages: Readonly<Record<DisclosureProblem, string>> = {
  notUtf8: '记录内容里有读不出来的字。',
  notJson: '记录内容缺了一段或者被改动，读不出来。',
  tooDeep: '记录内容层层嵌套，不是本程序写的。',
  notCanonical: '记录内容的写法被改动：同样的内容只有一种写法，文件里的不是。',
  shape: '记录内容的写法被改动，读不出是哪几项。',
  unknownProperty: '记录内容里多出了没有人证明的一项。',
  salt: '记录内容里一项的随机数被改动。',
  commit: '记录内容里一项未出示的内容，编码被改动。',
  nameTwice: '同一项内容出现了两次，无从知道哪个是真的。',
  order: '记录内容的次序被改动。',
  empty: '文件里没有任何记录内容。',
}

const headFacts = ({ origin, size, root }: HeadClaimed): Explanation['facts'] => [
  { label: '日志', text: origin },
  { label: '快照条数', text: String(size) },
  { label: '快照根校验值', text: root },
]

const leafFacts = (leafHash: string, index: number, size: number): Explanation['facts'] => [
  { label: '文件自称的位置', text: place(index, size) },
  { label: `按文件内容算出的${leafLabel}`, text: leafHash },
]

/** The printed slip and the receipt bear the leaf hash: with it a layman tells an altered record from an altered proof. */
const tellApart = (leafHash: string): string =>
  `存证单或回执上${leafLabel}的前 8 位是 ${firstHex(leafHash)} 吗？不是：记录的内容被改过。是：内容没有改，被改的是位置或者证明。`

const explainUnknownKey = ({
  name,
  keyId,
  logName,
}: Extract<BundleFault, { step: 'unknownKey' }>): Pick<Explanation, 'message' | 'facts' | 'steps'> => ({
  message:
    name === logName
      ? '快照上日志的签名，用的不是您手里的这把公钥。可能换过公钥，也可能是有人冒名。'
      : `日志 ${logName} 的快照上有一个不认识的签名（${name}）。认不得的签名不能放过，所以不核验。`,
  facts: [
    { label: '签名的名字', text: name },
    { label: '签名的公钥号', text: keyId },
  ],
  steps: name === logName ? [compareKey] : [`向管理日志的单位要 ${name} 的公钥，填进来再核验。`],
})

const explainSignatureFault = (fault: Exclude<CheckpointFault, { step: 'form' }>): Explanation => {
  switch (fault.step) {
    case 'origin':
      return {
        tone: 'unjudged',
        verdict: unjudgedVerdict,
        message: '这个文件出自另一本日志，手里的公钥管不着它。',
        facts: [
          { label: '文件自称的日志', text: fault.found },
          { label: '手里公钥的日志', text: fault.expected },
        ],
        steps: ['核对文件是不是拿错了。', '没有拿错的，向管理那本日志的单位要公钥。'],
      }
    case 'unknownKey':
      return { tone: 'unjudged', verdict: unjudgedVerdict, ...explainUnknownKey(fault) }
    case 'logSignature':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message: {
          missing: '快照上没有日志的签名。',
          twice: '快照上日志的签名出现了两次，文件被人动过。',
          wrong: '日志的签名与快照对不上：快照的条数、根校验值或者签名本身被改过。',
        }[fault.problem],
        facts: headFacts(fault.head),
        steps: [askForOriginal, keepAndReport],
      }
    case 'cosignature':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message:
          fault.problem === 'twice'
            ? `联署方 ${fault.witness} 的签名出现了两次，文件被人动过。`
            : `联署方 ${fault.witness} 的签名与快照对不上：快照、联署时间或者签名本身被改过。`,
        facts: headFacts(fault.head),
        steps: [askForOriginal, keepAndReport],
      }
    case 'quorum':
      return {
        tone: 'unjudged',
        verdict: unjudgedVerdict,
        message: `要有 ${fault.needed} 家联署，这个文件只有 ${fault.cosigned.length} 家。日志的签名是对的，但还没有足够的旁人看过。`,
        facts: [
          ...fault.cosigned.map((one) => ({ label: '已联署', text: cosignedText(one) })),
          { label: '未联署', text: fault.missing.join('、') || '（公钥里没有更多联署方）' },
        ],
        steps: ['过一会儿从系统里重新下载存证文件：联署通常在几分钟内完成。', keepAndReport],
      }
  }
}

export const explainFault = (fault: BundleFault | CheckpointFault): Explanation => {
  switch (fault.step) {
    case 'form':
      return form[fault.problem]
    case 'content':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message: contentMessages[fault.problem],
        facts: fault.name === undefined ? [] : [{ label: '哪一项', text: fault.name }],
        steps: [askForOriginal, keepAndReport],
      }
    case 'leaf':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message: `文件里的记录不是${leafLabel} ${firstHex(fault.expected)} 的那一条：要么拿错了文件，要么内容被改过。`,
        facts: [
          { label: `按文件内容算出的${leafLabel}`, text: fault.found },
          { label: `应有的${leafLabel}`, text: fault.expected },
        ],
        steps: ['核对文件是不是拿错了。', askForOriginal, keepAndReport],
      }
    case 'path':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message: '位置与证明对不上：这样一份证明，不可能属于这个位置上的记录。',
        facts: [
          ...leafFacts(fault.leafHash, fault.index, fault.size),
          { label: '证明的哈希个数', text: String(fault.hashes) },
        ],
        steps: [tellApart(fault.leafHash), askForOriginal, keepAndReport],
      }
    case 'root':
      return {
        tone: 'refused',
        verdict: refusedVerdict,
        message: '文件里的记录与日志签过名的快照对不上：记录的内容、位置或者证明被改过。快照和签名本身没有问题。',
        facts: [
          ...leafFacts(fault.leafHash, fault.index, fault.size),
          { label: '由它推出的根校验值', text: fault.found },
          { label: '快照签过名的根校验值', text: fault.signed },
        ],
        steps: [tellApart(fault.leafHash), askForOriginal, keepAndReport],
      }
    default:
      return explainSignatureFault(fault)
  }
}

const cosignedFacts = (cosigned: readonly Cosigned[]): Explanation['facts'] =>
  cosigned.length === 0
    ? [{ label: '联署', text: '没有' }]
    : cosigned.map((one) => ({ label: '联署', text: cosignedText(one) }))

const whoSaw = ({ cosigned }: ProvenHead): readonly string[] => {
  const [first] = cosigned
  if (!first) return []
  return [
    `最迟在 ${shanghaiTime(first.at * 1000)}（${first.witness} 的时钟），它已经在日志里；此后有人改掉或者抽走它，核验就查得出来，管理日志的单位自己动手也一样。`,
  ]
}

const whatStaysOpen = ({ cosigned }: ProvenHead): readonly string[] =>
  cosigned.length > 0
    ? ['联署方与管理日志的单位全部串通的，这里看不出来。所以联署方要由不同的单位来当。']
    : ['没有联署：管理日志的单位若对不同的人出示两本日志，这里看不出来。请把快照与公示栏上印的比一比。']

const notTheTruth: readonly string[] = [
  '不证明记录的内容属实：写入以前就假的（摆拍的照片、挪动过的传感器），写入以后仍然是假的，只是再也改不掉。',
  '不证明没有别的记录：以后的更正、复查、改判各是一条新记录。',
]

export const explainProven = (proven: Proven): ProvenExplanation => ({
  tone: 'passed',
  verdict: '核验通过',
  message: '这条记录在日志里，下面显示的内容与写入时一字不差。',
  facts: [
    { label: leafLabel, text: proven.leafHash },
    { label: '位置', text: place(proven.index, proven.size) },
    { label: '日志', text: proven.origin },
    { label: '快照根校验值', text: proven.root },
    ...cosignedFacts(proven.cosigned),
  ],
  steps: [],
  proves: [
    `记录写在日志 ${proven.origin} 的${place(proven.index, proven.size)}，显示的每一项都没有改过一个字。`,
    ...(proven.withheld.length > 0 ? ['没有出示的几项也锁在同一个存证编号里：以后出示，同样可以核验。'] : []),
    ...whoSaw(proven),
  ],
  doesNotProve: [...notTheTruth, ...whatStaysOpen(proven)],
})

/** A checkpoint alone, as it hangs on the board. */
export const explainHead = (head: ProvenHead): ProvenExplanation => ({
  tone: 'passed',
  verdict: '快照是真的',
  message: `这是日志的存证快照：当时共有 ${head.size} 条记录。`,
  facts: [...headFacts(head), ...cosignedFacts(head.cosigned)],
  steps: ['再放进一条记录的存证文件，就能核验那条记录。'],
  proves: [
    head.cosigned.length > 0
      ? `日志和 ${head.cosigned.length} 家联署方签过这张快照，快照没有改过一个字。`
      : '日志签过这张快照，快照没有改过一个字；还没有联署方签过。',
  ],
  doesNotProve: ['快照只有总数和根校验值，不说哪条记录是什么。', ...whatStaysOpen(head)],
})

/** Two checkpoints of one log and one size with two roots, both signed: nobody but the log's keeper could have made them. */
export const explainFork = (one: ProvenHead, other: ProvenHead): Explanation => ({
  tone: 'refused',
  verdict: '日志被分叉',
  message: `同一本日志在同样的 ${one.size} 条时签出了两个不同的快照。管理日志的单位对不同的人出示了不同的内容。`,
  facts: [
    { label: '日志', text: one.origin },
    { label: '一个根校验值', text: one.root },
    { label: '另一个根校验值', text: other.root },
  ],
  steps: ['两张快照都保留好，不要改动。', '把它们一起交给联署方和上级监管部门：这两张纸本身就是凭据。'],
})

export const isFork = (one: ProvenHead, other: ProvenHead): boolean =>
  one.origin === other.origin && one.size === other.size && one.root !== other.root

const nameOf = (vkey: string): string => vkey.split('+')[0] ?? vkey

/** Why keys cannot be used, in one sentence. */
export const explainTrustFault = (fault: TrustFault): string => {
  switch (fault.problem) {
    case 'unreadable':
      return `这一行不是公钥，或者抄错了字：${fault.vkey.slice(0, 60)}`
    case 'notLog':
      return `这不是日志的公钥：${nameOf(fault.vkey)}`
    case 'notWitness':
      return `这不是联署方的公钥：${nameOf(fault.vkey)}`
    case 'twice':
      return `同一把公钥或者同一个名字出现了两次：${nameOf(fault.vkey)}`
    case 'quorum':
      return `要几家联署，应当在 0 到 ${fault.witnesses} 之间`
  }
}
