import { v5 as uuidv5 } from 'uuid'

const namespace = '6f0d3c1e-5b7a-5c42-9d31-2a6e0f4b8c17'

/**
 * The id of what the demo calls by a code: 'F04' is always the same mine and 'H07' the same hazard, so that links,
 * screenshots and tests hold from one start to the next.
 */
export const demoId = (code: string): string => uuidv5(code, namespace)
