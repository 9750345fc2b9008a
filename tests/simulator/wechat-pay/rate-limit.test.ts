import { Faults } from '../../../simulator/wechat-pay/faults'

/** Limits orderquery to two requests a second; only a test advances the time. */
function limited() {
  const time = { now: 1_000_000 }
  const faults = new Faults({ now: () => time.now })
  faults.limitRate('orderquery', 2)
  /** Sends a request and returns whether it passes the limit. */
  const passes = () => faults.take('orderquery') === undefined
  return { time, faults, passes }
}

test('a second later the limit allows as many requests again', () => {
  const { time, passes } = limited()
  expect([passes(), passes(), passes()]).toEqual([true, true, false])
  time.now += 999
  expect(passes()).toBe(false)
  time.now += 1
  expect([passes(), passes(), passes()]).toEqual([true, true, false])
})

test('the second is a sliding window', () => {
  const { time, passes } = limited()
  const at = (ms: number) => {
    time.now = 1_000_000 + ms
    return passes()
  }
  expect([at(0), at(600), at(1000), at(1200), at(1600)]).toEqual([true, true, true, false, true])
})

test('refused requests do not count towards the limit', () => {
  const { time, passes } = limited()
  for (let n = 0; n < 10; n++) passes()
  time.now += 1000
  expect(passes()).toBe(true)
})

test('a new limit replaces the old one', () => {
  const { faults, passes } = limited()
  passes()
  faults.limitRate('orderquery', 1)
  expect([passes(), passes()]).toEqual([true, false])
})
