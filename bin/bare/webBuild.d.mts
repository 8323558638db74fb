export function buildWeb(node: string): Promise<void>
export function ensureWebBuild(node: string): Promise<void>
