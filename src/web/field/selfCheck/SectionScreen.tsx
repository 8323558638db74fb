import { ItemList } from '#web/field/selfCheck/ItemList.tsx'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'
import { SheetGate } from '#web/field/selfCheck/SheetGate.tsx'
import { askedIn, itemsOf, leftIn, progressOf } from '#web/parts/sheet.ts'

type SectionScreenProps = { readonly sheetRef: SheetRef; readonly sectionKey: string }

/** One system: every question of it with its answer. */
export const SectionScreen = ({ sheetRef, sectionKey }: SectionScreenProps) => (
  <SheetGate sheetRef={sheetRef}>
    {({ sheet }) => {
      const section = sheet.sections.find(({ key }) => key === sectionKey)
      const { done, asked } = progressOf(sheet, section?.items ?? [])
      return (
        <main className="page stack">
          <div>
            <h1>{section?.title ?? '没有这一部分'}</h1>
            <p className="soft number">
              已查 {done} / {asked} 项
            </p>
          </div>
          {section && <ItemList items={askedIn(sheet, section.items)} sheet={sheet} sheetRef={sheetRef} />}
        </main>
      )
    }}
  </SheetGate>
)

/** 未查: what nobody has answered, and what was answered 未查. */
export const LeftScreen = ({ sheetRef }: { readonly sheetRef: SheetRef }) => (
  <SheetGate sheetRef={sheetRef}>
    {({ sheet }) => {
      const left = leftIn(sheet, itemsOf(sheet))
      return (
        <main className="page stack">
          <h1>未查的 {left.length} 项</h1>
          {left.length === 0 && <p className="soft">要查的都查过了。</p>}
          <ItemList items={left} sheet={sheet} sheetRef={sheetRef} />
        </main>
      )
    }}
  </SheetGate>
)
