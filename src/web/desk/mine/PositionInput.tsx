import { InputNumber } from 'antd'
import { z } from 'zod'
import { Registered, type Wrong } from '#web/desk/shown/Registration.tsx'

const half = z.object({
  longitude: z.number().optional().catch(undefined),
  latitude: z.number().optional().catch(undefined),
})

type Props = { value: unknown; wrong: Wrong; onChange: (value: unknown) => void }

/** Longitude and latitude on CGCS2000; with neither the mine has none. */
export const PositionInput = ({ value, wrong, onChange }: Props) => {
  const held = half.safeParse(value).data ?? {}
  const change = (part: Readonly<Record<string, number | undefined>>): void => {
    const next = { ...held, ...part }
    onChange(next.longitude === undefined && next.latitude === undefined ? undefined : { system: 'CGCS2000', ...next })
  }
  const asked = [
    { name: 'longitude', label: '经度（可不填）', help: '国家大地坐标系（CGCS2000），度，例如 113.052' },
    { name: 'latitude', label: '纬度（可不填）', help: '只填测量过的坐标；没有的留空，地图旁会列为“没有坐标”' },
  ] as const
  return asked.map(({ name, label, help }) => (
    <Registered key={name} name={`position.${name}`} label={label} help={help} wrong={wrong}>
      <InputNumber
        id={`position.${name}`}
        precision={6}
        value={held[name] ?? null}
        onChange={(given) => change({ [name]: given ?? undefined })}
      />
    </Registered>
  ))
}
