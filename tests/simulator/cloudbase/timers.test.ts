import path from 'node:path'
import { Cron } from '../../../project/cron'
import type { Trigger } from '../../../project/function-config'
import { startCloudBase } from '../../../simulator/cloudbase'
import { cloudBaseOptions, functionConfig, useCloudBase } from './support'

const MINUTE = 60_000
const echo = functionConfig({ file: path.join(__dirname, 'functions', 'echo.cjs') })
const trigger = (config: string, type = 'timer'): Trigger => ({ name: 'each', type, config })

describe('the time of a trigger', () => {
  const beijing = (text: string) => Date.parse(`${text}+08:00`)

  test.each([
    ['every minute', '0 * * * * * *', '2026-03-05T10:20:30', '2026-03-05T10:21:00'],
    ['every 5 seconds', '*/5 * * * * * *', '2026-03-05T10:20:30', '2026-03-05T10:20:35'],
    ['every 7 seconds', '*/7 * * * * * *', '2026-03-05T10:20:56', '2026-03-05T10:21:00'],
    ['three hours a day', '0 0 10,14,16 * * * *', '2026-03-05T14:00:00', '2026-03-05T16:00:00'],
    ['office hours', '0 */30 9-17 * * * *', '2026-03-05T17:30:00', '2026-03-06T09:00:00'],
    ['the first of a month', '0 0 2 1 * * *', '2026-12-05T00:00:00', '2027-01-01T02:00:00'],
    ['Sundays', '0 0 0 * * 0 *', '2026-03-05T00:00:00', '2026-03-08T00:00:00'],
    ['the 20th and Fridays', '0 0 0 20 * 5 *', '2026-03-14T00:00:00', '2026-03-20T00:00:00'],
    ['Fridays and the 10th', '0 0 0 10 * 5 *', '2026-03-05T00:00:00', '2026-03-06T00:00:00'],
    ['a leap day', '0 0 0 29 2 * *', '2026-03-05T00:00:00', '2028-02-29T00:00:00'],
    ['one year', '0 0 0 1 1 * 2030', '2026-03-05T00:00:00', '2030-01-01T00:00:00'],
  ])('%s: %s', (_what, config, after, next) => {
    expect(new Cron(config).next(beijing(after))).toBe(beijing(next))
  })

  test('is undefined after the last year', () => {
    expect(new Cron('0 0 0 1 1 * 2020').next(beijing('2026-03-05T00:00:00'))).toBeUndefined()
  })

  test.each([
    ['0 * * * * *', 'it has 6 fields, not 7'],
    ['60 * * * * * *', 'its second is 60, which is neither *, */n, a-b nor 0 to 59'],
    ['0 a * * * * *', 'its minute is a, which is neither *, */n, a-b nor 0 to 59'],
    ['0 0 */0 * * * *', 'its hour is */0, which is neither *, */n, a-b nor 0 to 23'],
    ['0 0 0 0 * * *', 'its day is 0, which is neither *, */n, a-b nor 1 to 31'],
    ['0 0 0 1 5-3 * *', 'its month is 5-3, which is neither *, */n, a-b nor 1 to 12'],
    ['0 0 0 1 1 MON *', 'its weekday is MON, which is neither *, */n, a-b nor 0 to 6'],
    ['0 0 0 1 1 * 2100', 'its year is 2100, which is neither *, */n, a-b nor 1970 to 2099'],
    ['1, * * * * * *', 'its second is 1,, which is neither *, */n, a-b nor 0 to 59'],
  ])('%s is refused', (config, problem) => {
    expect(() => new Cron(config)).toThrow(problem)
  })
})

describe('a function with a trigger', () => {
  const { running, clock, log } = useCloudBase({
    functions: { echo: { ...echo, triggers: [trigger('0 */10 * * * * *')] }, quiet: echo },
  })
  const timers = () => running.cloudbase.timers
  const fired = () => log.filter(({ text }) => text.startsWith('timer each'))
  const events = () => log.filter(({ text }) => text.startsWith('{')).map(({ text }) => text)

  beforeEach(() => void log.splice(0))
  afterEach(() => timers().hold())

  test('is called without a shopper, by the trigger', async () => {
    const { caller } = (await timers().run('echo')) as any
    expect([caller.OPENID, caller.SOURCE]).toEqual([undefined, 'wx_trigger'])
  })

  test('is not called before timers are released', async () => {
    clock.advance(10 * MINUTE)
    await timers().settled()
    expect(fired()).toEqual([])
  })

  test('is called when it is due', async () => {
    timers().release()
    clock.advance(10 * MINUTE)
    await timers().settled()
    expect(fired()).toMatchObject([{ name: 'echo', text: 'timer each done' }])
  })

  test('is not called before it is due', async () => {
    clock.advance(10 * MINUTE - (clock.now() % (10 * MINUTE)))
    timers().release()
    clock.advance(9 * MINUTE)
    await timers().settled()
    expect(fired()).toEqual([])
  })

  test('is not called while timers are held', async () => {
    timers().release()
    timers().hold()
    clock.advance(10 * MINUTE)
    await timers().settled()
    expect(fired()).toEqual([])
  })

  test('receives the trigger and its time', async () => {
    timers().release()
    const due = Math.ceil((clock.now() + 1) / (10 * MINUTE)) * 10 * MINUTE
    clock.advance(12 * MINUTE)
    await timers().settled()
    expect(JSON.parse(events()[0]!)).toEqual({
      Type: 'Timer',
      TriggerName: 'each',
      Time: `${new Date(due).toISOString().slice(0, 19)}Z`,
      Message: '',
    })
  })

  test('is called once for all missed firings', async () => {
    timers().release()
    clock.advance(24 * 60 * MINUTE)
    clock.advance(1)
    await timers().settled()
    expect(fired()).toHaveLength(1)
  })

  test('is called again the next time', async () => {
    timers().release()
    clock.advance(10 * MINUTE)
    clock.advance(10 * MINUTE)
    await timers().settled()
    expect(fired()).toHaveLength(2)
  })

  test('is called when real time passes too', async () => {
    const untilDue = 10 * MINUTE - (clock.now() % (10 * MINUTE))
    clock.advance(untilDue - 300)
    timers().release()
    for (let waited = 0; fired().length === 0 && waited < 4000; waited += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(fired()).toHaveLength(1)
  })

  describe('that is replaced', () => {
    const replace = (config: string) =>
      running.cloudbase.configureFunction('echo', { ...echo, triggers: [trigger(config)] })
    afterEach(() => replace('0 */10 * * * * *'))

    test('fires at the new times only', async () => {
      timers().release()
      replace('0 0 0 1 1 * 2099')
      clock.advance(10 * MINUTE)
      await timers().settled()
      expect(fired()).toEqual([])
    })

    test('stays held', async () => {
      replace('0 * * * * * *')
      clock.advance(MINUTE)
      await timers().settled()
      expect(fired()).toEqual([])
    })

    test('does not change when the new one is wrong', async () => {
      timers().release()
      expect(() => replace('0 * * *')).toThrow('it has 4 fields, not 7')
      clock.advance(10 * MINUTE)
      await timers().settled()
      expect(fired()).toHaveLength(1)
    })

    test('does not lose a firing of another function that is just due', async () => {
      clock.advance(10 * MINUTE - (clock.now() % (10 * MINUTE)) - 20)
      timers().release()
      // Blocks the thread: the timer is due, and no tick has come yet
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
      running.cloudbase.configureFunction('quiet', { ...echo, triggers: [] })
      clock.advance(0)
      await timers().settled()
      expect(fired()).toHaveLength(1)
    })
  })

  test('another function has no timer', async () => {
    await expect(timers().run('quiet')).rejects.toThrow('The function quiet has no timer trigger.')
  })
})

describe('a firing with a fault', () => {
  const { running, clock, log } = useCloudBase({
    functions: { echo: { ...echo, triggers: [trigger('0 */10 * * * * *')] } },
  })
  const timers = () => running.cloudbase.timers
  /** Returns the Time of each event that the function received. */
  const times = () =>
    log
      .filter(({ text }) => text.startsWith('{'))
      .map(({ text }) => Date.parse((JSON.parse(text) as { Time: string }).Time))
  /** Advances the clock and returns the Time of each event that this caused. */
  const after = async (ms: number) => {
    log.splice(0)
    clock.advance(ms)
    await timers().settled()
    return times()
  }
  let due: number

  beforeEach(() => {
    // Well before the next firing, so that the real time the test takes does not matter
    clock.advance(10 * MINUTE - (clock.now() % (10 * MINUTE)) + 5 * MINUTE)
    const now = clock.now()
    due = now - (now % MINUTE) + 5 * MINUTE
    timers().release()
  })
  afterEach(() => {
    timers().hold()
    timers().faults.clear()
  })

  test('comes twice at the same time with the same Time, and the next comes once', async () => {
    timers().faults.inject('echo', { twice: true })
    expect(await after(6 * MINUTE)).toEqual([due, due])
    expect(await after(10 * MINUTE)).toEqual([due + 10 * MINUTE])
  })

  test('has two concurrent runs', async () => {
    const { functions } = running.cloudbase
    const invoke = functions.invoke.bind(functions)
    const counts: number[] = []
    let atOnce = 0
    jest.spyOn(functions, 'invoke').mockImplementation(async (...call) => {
      counts.push(++atOnce)
      const reply = await invoke(...call)
      atOnce--
      return reply
    })
    timers().faults.inject('echo', { twice: true })
    await after(6 * MINUTE)
    jest.restoreAllMocks()
    expect(counts).toEqual([1, 2])
  })

  test('comes late, with the Time when it was due', async () => {
    timers().faults.inject('echo', { lateMs: 2 * MINUTE })
    expect(await after(6 * MINUTE)).toEqual([])
    expect(await after(2 * MINUTE)).toEqual([due])
    expect(await after(2 * MINUTE)).toEqual([])
  })

  test('comes late while the next one is on time', async () => {
    timers().faults.inject('echo', { lateMs: 12 * MINUTE })
    expect(await after(6 * MINUTE)).toEqual([])
    expect(await after(10 * MINUTE)).toEqual([due + 10 * MINUTE])
    expect(await after(2 * MINUTE)).toEqual([due])
  })

  test('comes twice and late', async () => {
    timers().faults.inject('echo', { twice: true, lateMs: MINUTE })
    expect(await after(5 * MINUTE)).toEqual([])
    expect(await after(2 * MINUTE)).toEqual([due, due])
  })

  test('can be followed by others with the same fault', async () => {
    timers().faults.inject('echo', { twice: true, times: 2 })
    expect(await after(6 * MINUTE)).toHaveLength(2)
    expect(await after(10 * MINUTE)).toHaveLength(2)
    expect(await after(10 * MINUTE)).toHaveLength(1)
  })

  test('does not come when timers are held first', async () => {
    timers().faults.inject('echo', { lateMs: 2 * MINUTE })
    await after(6 * MINUTE)
    timers().hold()
    expect(await after(2 * MINUTE)).toEqual([])
  })

  test('can be fired by hand: twice, with a Time in the past', async () => {
    log.splice(0)
    timers().faults.inject('echo', { twice: true, lateMs: 2 * MINUTE })
    const now = clock.now()
    const { event } = (await timers().run('echo')) as { event: { Time: string } }
    const [first, second, ...others] = times()
    expect([second, others]).toEqual([first, []])
    expect(Date.parse(event.Time)).toBe(first)
    expect(Math.abs(now - 2 * MINUTE - first!)).toBeLessThan(2000)
  })

  test('needs a function with a timer', () => {
    const inject = () => timers().faults.inject('quiet', { twice: true })
    expect(inject).toThrow('The function quiet has no timer trigger.')
  })
})

describe('a function that fails', () => {
  const failing = functionConfig({ file: path.join(__dirname, 'functions', 'shop.cjs') })
  const { running, clock, log } = useCloudBase({
    functions: { failing: { ...failing, triggers: [trigger('0 0 * * * * *')] } },
  })

  test('is logged and called again', async () => {
    running.cloudbase.timers.release()
    clock.advance(60 * MINUTE)
    await running.cloudbase.timers.settled()
    clock.advance(60 * MINUTE)
    await running.cloudbase.timers.settled()
    const lines = log.filter(({ text }) => text.startsWith('timer'))
    expect(lines.map(({ text }) => text)).toEqual(
      Array(2).fill('timer each failed: FUNCTIONS_EXECUTE_FAIL'),
    )
  })

  test('rejects when its timer is fired by hand', async () => {
    await expect(running.cloudbase.timers.run('failing')).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
    })
  })
})

test.each([
  ['0 0 25 * * * *', 'timer', 'its hour is 25, which is neither *, */n, a-b nor 0 to 23'],
  ['0 0 0 * * * *', 'cos', 'its type is cos, not timer'],
])('the trigger %s of the type %s prevents the start', async (config, type, problem) => {
  const functions = { echo: { ...echo, triggers: [trigger(config, type)] } }
  await expect(startCloudBase({ ...cloudBaseOptions(), functions })).rejects.toThrow(
    `config.json of the function echo: the trigger each is wrong: ${problem}`,
  )
})
