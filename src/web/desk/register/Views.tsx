import { App, Button, Dropdown, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { deleteView, listViews, putView, type ViewShown } from '#contract/register.ts'
import { houseViews, type View } from '#domain/register/view.ts'
import { keyOf, queries, useAnswer } from '#web/desk/queries.ts'
import { addressOf, type RegisterAddress } from '#web/desk/register/address.ts'
import { api, problemText } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'

type Props = {
  readonly current: Omit<View, 'name'>
  /** Key of the house's view or id of one's own that the register began as. */
  readonly view: string | undefined
  readonly go: (address: RegisterAddress) => void
}

const asSent = (view: Omit<View, 'name'>, name: string) => ({ ...view, columns: [...view.columns], name })

const looksLike = (one: Omit<View, 'name'>, other: Omit<View, 'name'>): boolean =>
  JSON.stringify(addressOf(one)) === JSON.stringify(addressOf(other))

type Naming = { readonly id: string; readonly name: string; readonly view: Omit<View, 'name'> }

/** Views that come with the house, and one's own: saved under a name, renamed, put right, taken away. */
export const Views = ({ current, view, go }: Props) => {
  const { message, modal } = App.useApp()
  const [naming, setNaming] = useState<Naming>()
  const own = useAnswer(listViews, {}, { staleTime: 60_000 }).data?.items ?? []
  const chosen = own.find(({ id }) => id === view)
  const tabs = [
    ...houseViews.map((one) => ({ key: one.key, name: one.name, view: one })),
    ...own.map((one) => ({ key: one.id, name: one.name, view: one })),
  ]
  const save = async ({ id, name, view: kept }: Naming) => {
    const answer = await api.call(putView, { params: { id }, body: asSent(kept, name) })
    if (!answer.ok) {
      message.error(problemText(answer.problem))
      return
    }
    await queries.invalidateQueries({ queryKey: keyOf(listViews, {}) })
    setNaming(undefined)
    go(addressOf(kept, id))
    message.success(`已保存视图“${name}”`)
  }
  const remove = (gone: ViewShown) =>
    modal.confirm({
      title: `删除视图“${gone.name}”？`,
      content: '只删这个视图，台账里的记录都在。',
      okText: '删除',
      cancelText: '不删',
      onOk: async () => {
        const answer = await api.call(deleteView, { params: { id: gone.id } })
        if (!answer.ok) message.error(problemText(answer.problem))
        await queries.invalidateQueries({ queryKey: keyOf(listViews, {}) })
      },
    })
  const changed = chosen !== undefined && !looksLike(chosen, current)
  const items = [
    { key: 'new', label: '另存为新视图…', onClick: () => setNaming({ id: newId(), name: '', view: current }) },
    ...(chosen
      ? [
          ...(changed
            ? [
                {
                  key: 'keep',
                  label: `存回“${chosen.name}”`,
                  onClick: () => void save({ id: chosen.id, name: chosen.name, view: current }),
                },
              ]
            : []),
          {
            key: 'rename',
            label: `给“${chosen.name}”改名…`,
            onClick: () => setNaming({ id: chosen.id, name: chosen.name, view: chosen }),
          },
          { key: 'delete', label: `删除“${chosen.name}”…`, onClick: () => remove(chosen) },
        ]
      : []),
  ]
  return (
    <nav className="views no-print" aria-label="视图">
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          className="view-tab"
          aria-current={tab.key === (view ?? 'all') ? 'true' : undefined}
          onClick={() => go(addressOf(tab.view, tab.key))}
        >
          {tab.name}
          {tab.key === chosen?.id && changed && <span className="soft">（改过）</span>}
        </button>
      ))}
      <Dropdown menu={{ items }} autoFocus trigger={['click']}>
        <Button type="text">保存视图</Button>
      </Dropdown>
      <Modal
        title="视图名称"
        open={naming !== undefined}
        okText="保存"
        cancelText="不保存"
        okButtonProps={{ disabled: !naming?.name.trim() }}
        onCancel={() => setNaming(undefined)}
        onOk={() => naming && void save({ ...naming, name: naming.name.trim() })}
      >
        <Form layout="vertical">
          <Form.Item label="名称" htmlFor="view-name" help="列、条件、排序一起保存，只有自己看得到">
            <Input
              id="view-name"
              maxLength={30}
              value={naming?.name}
              onChange={({ target }) => setNaming(naming && { ...naming, name: target.value })}
            />
          </Form.Item>
        </Form>
      </Modal>
    </nav>
  )
}
