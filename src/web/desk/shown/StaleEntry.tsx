import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { Problem } from '#contract/problem.ts'
import { mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { organisationKinds } from '#domain/org/organisation.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const record = z.record(z.string(), z.unknown())
const details = z.looseObject({
  actualVersion: z.number(),
  yours: record,
  theirs: z.array(z.looseObject({ receivedAt: z.string(), body: z.looseObject({ value: record.optional() }) })),
})

/**
 * The version that the person filling the form has seen. A read that goes on behind the form must not raise it: what
 * somebody else entered meanwhile would be written over unseen.
 */
export const useSeenVersion = (version: number | undefined) => {
  const [seen, setSeen] = useState(version)
  const takeLatest = (problem: Problem): void => {
    const read = details.safeParse(problem.details)
    if (read.success) setSeen(read.data.actualVersion)
  }
  return { seen, takeLatest }
}

const titles: Readonly<Record<string, string>> = { ...mineStatuses, ...mineTypes, ...organisationKinds }
const isId = (value: string): boolean => z.uuid().safeParse(value).success

const words = (value: unknown): string => {
  if (value === undefined || value === '') return '未填'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return String(value)
  // An id says nothing to a person, and a list is too long for a line: that they differ is what matters.
  return typeof value === 'string' && !isId(value) ? (titles[value] ?? value) : '另一内容'
}

type Props = {
  problem: Problem
  /** The form's words for the fields of its value. */
  labels: Readonly<Record<string, string>>
  onTakeLatest: () => void
}

/** Somebody changed the entry while this form was open: what differs, and the way on. Nothing that was typed is lost. */
export const StaleEntry = ({ problem, labels, onTakeLatest }: Props) => {
  const read = details.safeParse(problem.details)
  const theirs = read.data?.theirs.findLast(({ body }) => body.value !== undefined)
  const standing = theirs?.body.value ?? {}
  const yours = read.data?.yours ?? {}
  const differing = Object.entries(labels).filter(
    ([name]) => theirs && JSON.stringify(standing[name]) !== JSON.stringify(yours[name]),
  )
  return (
    <div role="alert" className="problem" data-problem={problem.code}>
      <p className="problem-detail">
        {problem.detail}
        {theirs && `（${dateTimeOf(theirs.receivedAt)}）`}
      </p>
      {differing.length > 0 && (
        <ul>
          {differing.map(([name, label]) => (
            <li key={name}>
              {label}：现在是“{words(standing[name])}”，您填的是“{words(yours[name])}”
            </li>
          ))}
        </ul>
      )}
      <p>{problem.remedy}</p>
      <Button onClick={onTakeLatest}>看过了，用我填的继续</Button>
    </div>
  )
}
