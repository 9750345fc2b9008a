import type { Configuration } from './configuration'
import { wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

/** Without its timer, nothing finishes the payments and refunds that nobody looks at. */
export function checkTimer({ reconcile }: Configuration): Finding[] {
  if (reconcile === undefined) return []
  const { triggers = [] } = fieldsOf(reconcile)
  if (!Array.isArray(triggers) || triggers.length > 0) return []
  const mend = 'git restore it, then in DevTools right-click the function: 上传触发器'
  return [wrong('cloudfunctions/pay-reconcile/config.json', 'has no timer', mend)]
}
