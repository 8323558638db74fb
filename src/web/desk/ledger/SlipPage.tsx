import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { readHazard } from '#contract/hazard.ts'
import { proofPath, type RecordAt, readLedger, type shownParts, verifierPath } from '#contract/ledger.ts'
import { problem } from '#contract/problem.ts'
import { kindTitle } from '#domain/ledger/recordRows.ts'
import { recordWords } from '#domain/ledger/recordWords.ts'
import { readBundle } from '#translog/bundle.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { toHex } from '#translog/hex.ts'
import { leafBytes, leafHash, openFields } from '#translog/leaf.ts'
import { Slip, type SlipProps } from '#web/desk/ledger/Slip.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { Page } from '#web/desk/shown/Page.tsx'
import { PageSkeleton } from '#web/desk/shown/PageSkeleton.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { ProblemError } from '#web/parts/api.ts'

const here = getRouteApi('/ledger/slip/$tenantId/$streamId/$version')

type Show = (typeof shownParts)[number]

const words = recordWords()

const fetchProof = async (record: RecordAt, show: Show): Promise<string> => {
  const response = await fetch(proofPath(record, show))
  const text = await response.text()
  if (response.ok) return text
  throw new ProblemError(problem.parse(JSON.parse(text)))
}

type Printed = Pick<SlipProps, 'title' | 'receivedAt' | 'leafHash' | 'checkpoint' | 'bundle'> & {
  readonly origin: string
  readonly kind: string
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the evidence file says of itself; beside it the hazard's number alone is printed. */
const printedOf = (text: string): Printed | undefined => {
  const read = readBundle(text)
  if (!read.ok) return undefined
  const { disclosure, checkpoint } = read.bundle
  const value = (name: string) => asText(disclosure.disclosed.find((field) => field.name === name)?.value)
  const kind = value('kind')
  return {
    kind,
    title: (kindTitle(kind, words) ?? kind).replace(/^隐患：/, ''),
    receivedAt: value('receivedAt'),
    leafHash: toHex(leafHash(leafBytes({ v: 1, commit: openFields(disclosure) }))),
    checkpoint,
    bundle: text,
    origin: readCheckpoint(checkpoint)?.checkpoint.origin ?? '',
  }
}

const shows: readonly { readonly value: Show; readonly label: string }[] = [
  { value: 'outline', label: '只出示何时报的哪一类' },
  { value: 'all', label: '出示全部内容' },
]

/** One record's slip, to be printed. For the wall it shows when what was reported; the whole record only when asked for. */
export const SlipPage = () => {
  const { tenantId, streamId, version } = here.useParams()
  const { show = 'outline' } = here.useSearch()
  const navigate = here.useNavigate()
  const record = { tenantId, streamId, version: Number(version) }
  const proof = useQuery({ queryKey: ['proof', record, show], queryFn: () => fetchProof(record, show), retry: false })
  const log = useAnswer(readLedger, {})
  const printed = proof.data === undefined ? undefined : printedOf(proof.data)
  const hazard = useAnswer(
    readHazard,
    { params: { tenantId, id: streamId } },
    { enabled: printed?.kind.startsWith('hazard.') === true },
  )
  const failed = proof.error ? proof : log.error ? log : undefined
  if (failed)
    return (
      <Page title="存证单">
        <QueryProblem error={failed.error} retry={() => failed.refetch()} />
      </Page>
    )
  if (!printed || !log.data || hazard.isLoading) return <PageSkeleton rows={10} />
  const { log: present, earlier } = log.data
  const signedBy = [present, ...earlier].find(({ origin }) => origin === printed.origin) ?? present
  const number = hazard.data?.state.number
  return (
    <Page
      title="存证单"
      note={<span className="no-print">打印出来贴在公示栏或者放进档案；谁拿到这张纸，拍张照片就能核验。</span>}
      actions={
        <>
          <Segmented
            className="no-print"
            aria-label="出示多少"
            value={show}
            options={[...shows]}
            onChange={(value) => void navigate({ search: { show: value }, replace: true })}
          />
          <Button type="primary" className="no-print" onClick={() => window.print()}>
            打印
          </Button>
        </>
      }
    >
      <Slip
        {...printed}
        {...(number && { hazardNumber: number })}
        verifyAddress={
          window.location.origin + verifierPath + (signedBy.number === present.number ? '' : `?log=${signedBy.number}`)
        }
        keyFingerprint={signedBy.fingerprint}
      />
    </Page>
  )
}
