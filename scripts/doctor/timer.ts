import { Cron } from '../../simulator/cloudbase/timers/cron'
import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'
import { fieldsOf } from './reader'

/** Without its timer, nothing finishes the payments and refunds that nobody looks at. */
export function checkTimer({ reconcile }: Configuration): Finding[] {
  if (reconcile === undefined) return []
  const place = 'cloudfunctions/pay-reconcile/config.json triggers'
  const mend = 'write "0 * * * * * *", then in DevTools right-click the function: 上传触发器'
  const { triggers } = fieldsOf(reconcile)
  const timers = (Array.isArray(triggers) ? triggers.map(fieldsOf) : []).filter(
    ({ type }) => type === 'timer',
  )
  if (timers.length === 0) {
    return [wrong(place, 'has no timer', `git restore the file; ${mend}`)]
  }
  return timers.map(({ config }) => {
    try {
      new Cron(String(config))
      return right(place, 'has its timer')
    } catch (error) {
      const why = error instanceof Error ? error.message : ''
      return wrong(place, `has a timer that cannot be read: ${why}`, mend)
    }
  })
}
