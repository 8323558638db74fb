import type { Policy } from '#translog/bundle.ts'
import { explainTrustFault } from '#translog/explain.ts'
import { fingerprintOf, policyOf, type Trust, trustFromLines } from '#translog/trust.ts'
import { element, fillWith } from '#web/verify/element.ts'

const nameOf = (vkey: string): string => vkey.split('+')[0] ?? vkey

const keyItem = (role: string, vkey: string): HTMLElement =>
  element(
    'li',
    {},
    element('span', { class: 'role' }, role),
    element('strong', {}, nameOf(vkey)),
    element('span', { class: 'fingerprint' }, fingerprintOf(vkey)),
    element('details', {}, element('summary', {}, '公钥全文'), element('code', {}, vkey)),
  )

const shownKeys = ({ log, witnesses, quorum }: Trust): readonly HTMLElement[] => [
  element('ul', { class: 'keys' }, keyItem('日志', log), ...witnesses.map((vkey) => keyItem('联署方', vkey))),
  element('p', {}, quorum === 0 ? '不要求联署：只看日志自己的签名。' : `每张快照至少要有 ${quorum} 家联署。`),
]

const entry = (onEntered: (trust: Trust) => void): HTMLElement => {
  const keys = element('textarea', { id: 'keys', rows: '3', spellcheck: 'false', autocomplete: 'off' })
  const quorum = element('input', { id: 'quorum', type: 'number', min: '0', inputmode: 'numeric' })
  const told = element('p', { class: 'told', role: 'alert' })
  const form = element(
    'form',
    {},
    element('label', { for: 'keys' }, '公钥，一行一把：日志的一把，联署方的各一把'),
    keys,
    element('label', { for: 'quorum' }, '至少几家联署（不填：填了几家就要几家）'),
    quorum,
    told,
    element('button', { type: 'submit' }, '用这些公钥'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const trust = trustFromLines(keys.value, quorum.value === '' ? undefined : Number(quorum.value))
    if (!trust) {
      told.textContent =
        '要有且只有一把日志的公钥。公钥像这样：日志名+八位编号+一串字母，从公示栏或管理日志的单位抄来。'
      return
    }
    const read = policyOf(trust)
    told.textContent = read.ok ? '' : explainTrustFault(read.fault)
    if (read.ok) onEntered(trust)
  })
  return form
}

/**
 * The keys with their fingerprints, and a place to enter others. `given` came with the page. `onPolicy` is called at
 * once where keys are there, and again when others are entered.
 */
export const showTrust = (
  parent: HTMLElement,
  given: Trust | undefined,
  onPolicy: (policy: Policy | undefined) => void,
): void => {
  const show = (trust: Trust | undefined, ofPage: boolean): void => {
    const read = trust && policyOf(trust)
    const usable = trust && read?.ok ? trust : undefined
    const others = element('details', usable ? {} : { open: '' })
    others.append(
      element('summary', {}, usable ? '换用别的公钥' : '填入公钥'),
      entry((entered) => show(entered, false)),
    )
    fillWith(
      parent,
      element('h2', {}, '公钥'),
      element(
        'p',
        { class: 'soft' },
        usable
          ? ofPage
            ? '公钥是随页面发来的。把指纹与公示栏、存证单上印的比一比：页面本身若被人换过，只有这一步看得出。'
            : '正在用您填入的公钥。'
          : '这个页面没有带公钥。没有公钥就无从核验签名：请填入管理日志的单位公布的公钥。',
      ),
      ...(usable ? shownKeys(usable) : []),
      read && !read.ok ? element('p', { class: 'told' }, explainTrustFault(read.fault)) : undefined,
      others,
    )
    onPolicy(read?.ok ? read.policy : undefined)
  }
  show(given, true)
}
