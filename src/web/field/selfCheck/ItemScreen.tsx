import { useEffect, useState } from 'react'
import type { ShownItem } from '#contract/selfCheck.ts'
import type { AnswerOutcome } from '#domain/selfCheck/answer.ts'
import { discard, untouched } from '#web/field/outbox/outbox.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { go } from '#web/field/routing/location.ts'
import { BadForm, Details, ReasonForm } from '#web/field/selfCheck/AnswerForms.tsx'
import { lastAnsweredOf, useAnswering } from '#web/field/selfCheck/answering.ts'
import { CriterionText } from '#web/field/selfCheck/CriterionText.tsx'
import { Given } from '#web/field/selfCheck/Given.tsx'
import { itemPath, type SheetRef, sheetPath } from '#web/field/selfCheck/paths.ts'
import type { SheetHere } from '#web/field/selfCheck/reads.ts'
import { SheetGate } from '#web/field/selfCheck/SheetGate.tsx'
import { givenIn } from '#web/field/selfCheck/savedAnswer.ts'
import { answerOf, askedIn, itemsOf, nextOpen, outcomeWords } from '#web/parts/sheet.ts'

type ItemScreenProps = { readonly sheetRef: SheetRef; readonly code: string }

/** One question a screen: how to look, the criterion's own text, buttons in the question's words. */
export const ItemScreen = ({ sheetRef, code }: ItemScreenProps) => (
  <SheetGate sheetRef={sheetRef}>
    {(here) => {
      const item = itemsOf(here.sheet).find((one) => one.code === code)
      return item ? (
        <Item sheetRef={sheetRef} item={item} here={here} />
      ) : (
        <main className="page stack">
          <p>排查表上没有 {code} 这一项。</p>
          <Link to={sheetPath(sheetRef)} className="button">
            回排查表
          </Link>
        </main>
      )
    }}
  </SheetGate>
)

/** Where one is: 第 3 项，共 12 项 of its system. */
const placeOf = ({ sheet }: SheetHere, item: ShownItem) => {
  const section = sheet.sections.find(({ items }) => items.includes(item))
  const asked = askedIn(sheet, section?.items ?? [])
  return { title: section?.title ?? '', number: asked.indexOf(item) + 1, of: asked.length }
}

/** The tap before this one: that it was kept, and what was answered last month. Gone wrong, it is mended from here. */
const Before = ({ sheetRef, here, code }: { sheetRef: SheetRef; here: SheetHere; code: string }) => {
  const item = itemsOf(here.sheet).find((one) => one.code === code)
  const answer = answerOf(here.sheet, code)
  const earlier = here.sheet.before[code]
  if (!item || !answer) return null
  return (
    <p className="check-before" role="status">
      <span>
        ✓ {item.number} 已记“{outcomeWords(item, answer.outcome)}”
        {earlier && (
          <span className="soft">
            ；上月答“{outcomeWords(item, earlier.outcome)}”{earlier.note && `：${earlier.note}`}
          </span>
        )}
      </span>
      <Link to={itemPath(sheetRef, code)} className="text-link">
        改
      </Link>
    </p>
  )
}

type ItemProps = { readonly sheetRef: SheetRef; readonly item: ShownItem; readonly here: SheetHere }

const Item = ({ sheetRef, item, here }: ItemProps) => {
  const { sheet, waiting } = here
  const { draft, mayAnswer, start, change, give } = useAnswering(sheetRef, item, here)
  const [before] = useState(() => lastAnsweredOf(sheetRef))
  const [failed, setFailed] = useState(false)
  const draftId = draft?.commandId
  useEffect(() => () => void (draftId && untouched(draftId)), [draftId])

  const place = placeOf(here, item)
  const answer = answerOf(sheet, item.code)
  const waits = waiting.some((one) => one.item === item.code)
  const next = nextOpen(sheet, item.code)
  const forward = () => go(next ? itemPath(sheetRef, next.code) : sheetPath(sheetRef))
  const kept = (work: Promise<unknown>) => work.then(() => setFailed(false)).catch(() => setFailed(true))
  const choose = (outcome: AnswerOutcome) => kept(give({ outcome }).then(forward))
  const cancel = () => draftId && void discard(draftId)
  const outcome = draft && givenIn(draft).outcome
  const form = draft && {
    draft,
    change: (given: Parameters<typeof change>[0]) => void kept(change(given)),
    onCancel: cancel,
  }

  return (
    <main className="page stack with-action check-item">
      {before && before !== item.code && <Before sheetRef={sheetRef} here={here} code={before} />}
      <div>
        <p className="soft">
          {place.title} · 第 {place.number} 项，共 {place.of} 项
        </p>
        <h1>{item.question}</h1>
      </div>
      {item.criterion && <CriterionText {...item.criterion} />}
      <p>
        <span className="soft">怎么看：</span>
        {item.look}
      </p>
      {item.missingFacts.length > 0 && (
        <p className="help">△ 资料不足：矿山登记里还没有{item.missingFacts.join('、')}。按现场看到的答。</p>
      )}
      {item.notApplicable && <p className="help">登记情况：{item.notApplicable}。现场有的，照样可以答。</p>}
      <Given item={item} sheet={sheet} waits={waits} />
      {failed && (
        <p className="refusal" role="alert">
          手机存储已满，没有留下。删去一些文件后再答；危险紧急的先打电话。
        </p>
      )}
      {mayAnswer && form && outcome === 'bad' && (
        <BadForm {...form} giveWord="报有问题" onGive={() => void kept(give({ outcome: 'bad' }))} />
      )}
      {mayAnswer && form && outcome === 'notApplicable' && (
        <ReasonForm {...form} giveWord="记不涉及" onGive={() => void choose('notApplicable')} />
      )}
      {mayAnswer && outcome === undefined && (
        <>
          {form ? (
            <Details draft={form.draft} change={form.change} />
          ) : (
            <button type="button" className="button quiet" data-act="details" onClick={() => void kept(start({}))}>
              加照片、部位、说明
            </button>
          )}
          <div className="action">
            <div className="answers">
              <button type="button" className="button large" data-outcome="good" onClick={() => void choose('good')}>
                {item.buttons.good}
              </button>
              <button
                type="button"
                className="button large"
                data-outcome="bad"
                onClick={() => void kept(change({ outcome: 'bad' }))}
              >
                {item.buttons.bad}
              </button>
              <button
                type="button"
                className="button"
                data-outcome="notApplicable"
                onClick={() => void kept(change({ outcome: 'notApplicable' }))}
              >
                不涉及（写理由）
              </button>
              <button
                type="button"
                className="button"
                data-outcome="notChecked"
                onClick={() => void choose('notChecked')}
              >
                未查
              </button>
            </div>
            {answer && (
              <Link
                to={next ? itemPath(sheetRef, next.code) : sheetPath(sheetRef)}
                className="button primary"
                act="nextItem"
              >
                {next ? '下一项' : '回排查表'}
              </Link>
            )}
          </div>
        </>
      )}
    </main>
  )
}
