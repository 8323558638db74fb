import { demoId } from '#demo/demoId.ts'
import { accountOf, personOf, postOf } from '#demo/posts.ts'
import type { Actor } from '#domain/access/actor.ts'

/** The holder of a post at work under the post's first grant. */
export const actorOf = (key: string): Actor => {
  const { home, grants } = postOf(key)
  const grant = grants[0]
  if (!grant) throw new RangeError(`${key} has no account in the demo`)
  return { accountId: accountOf(key), personId: personOf(key), homeTenantId: demoId(home), ...grant }
}
