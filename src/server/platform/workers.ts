import { z } from 'zod'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { Published } from '#server/platform/files/published.ts'
import type { Worker } from '#server/platform/jobs.ts'

const publishing = z.object({ files: z.array(z.string()) })
const moving = z.object({ tenantId: z.uuid(), div: z.string() })

/** Effects of the platform itself. Each can run twice and do no harm. */
export const platformWorkers = (pool: DatabasePool, published: Published): readonly Worker[] => [
  {
    /** The copies without EXIF are ready before somebody opens the page; what is no picture is passed over. */
    queue: 'file.publish',
    run: async ({ data }) => {
      for (const sha256 of publishing.parse(data).files) {
        await published.jpegOf(sha256, 'thumb')
        await published.jpegOf(sha256, 'view')
      }
    },
  },
  {
    queue: 'mine.moveDivision',
    run: async ({ data }) => {
      const { tenantId, div } = moving.parse(data)
      const client = await pool.connect()
      try {
        await client.query('begin')
        // Years of records move in one piece, or a mine would lie in two divisions.
        await client.query('set local statement_timeout = 0')
        await client.query('select core.move_to_division($1, $2)', [tenantId, div])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        client.release()
      }
    },
  },
]
