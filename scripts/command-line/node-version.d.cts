export function isOld(present: string, engines: string): boolean
export function oldestOf(engines: string): string
export function requireNode(): void
