import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ANN, APPID, BOB, ENV_ID, functionConfig, temporaryFolder, useCloudBase } from './support'

const folder = temporaryFolder()
const broken = path.join(folder, 'broken.cjs')
writeFileSync(broken, 'exports.main = (')

/** Writes the code of a function that returns this text. */
function codeReturning(text: string): string {
  const file = path.join(folder, `${text}.cjs`)
  writeFileSync(
    file,
    `exports.main = async ({ pause }) => {
      await new Promise((resolve) => setTimeout(resolve, pause))
      return '${text}'
    }`,
  )
  return file
}

const heavy = path.join(folder, 'heavy.cjs')
writeFileSync(heavy, "console.log('loaded')\nexports.main = () => {}")

const { running, clock, log } = useCloudBase({
  functions: {
    shop: functionConfig({ env: { WXPAY_MCHID: '1900000001' } }),
    quick: functionConfig({ timeoutMs: 300 }),
    other: functionConfig(),
    broken: functionConfig({ file: broken }),
    empty: functionConfig({ file: path.join(folder, 'nowhere.cjs') }),
    heavy: functionConfig({ file: heavy }),
    changing: functionConfig({ file: codeReturning('old') }),
    repeated: functionConfig({ file: broken }),
  },
  // Fewer than the calls below, so that some wait, and nested ones would deadlock if they waited
  // too
  callsAtATime: 4,
  permissions: { visits: { aclTag: 'ADMINONLY' } },
})

const call = (name: string, event: object, caller = { openid: ANN, source: 'wx_client' }) =>
  running.cloudbase.functions.invoke(name, event, caller) as Promise<any>

describe('the caller', () => {
  test('is the shopper who called', async () => {
    const { before } = await call('shop', { do: 'whoAmI' })
    expect(before).toMatchObject({ OPENID: ANN, APPID: APPID, ENV: ENV_ID, SOURCE: 'wx_client' })
  })

  test('may be absent, as for a timer', async () => {
    await call('shop', { do: 'whoAmI' })
    const { before } = await call('shop', { do: 'whoAmI' }, { source: 'wx_trigger' } as any)
    expect(before).toEqual({ APPID: APPID, ENV: ENV_ID, SOURCE: 'wx_trigger' })
  })

  test('is right in each of 40 concurrent calls', async () => {
    const openids = Array.from({ length: 40 }, (_item, n) => `oShopper${n}x`)
    const replies = await Promise.all(
      openids.map((openid, n) =>
        call('shop', { do: 'whoAmI', pause: n % 7 }, { openid, source: 'wx_client' }),
      ),
    )
    expect(replies.map(({ before }) => before.OPENID)).toEqual(openids)
    expect(replies.map(({ after }) => after.OPENID)).toEqual(openids)
  })

  test('stays the same in nested calls, and the chain gets longer', async () => {
    const { before } = await call('shop', {
      do: 'call',
      name: 'other',
      data: { do: 'call', name: 'shop', data: { do: 'whoAmI' } },
    })
    expect(before).toMatchObject({ OPENID: ANN, SOURCE: 'wx_client,scf,scf' })
  })

  test('many concurrent nested calls do not deadlock', async () => {
    const nested = { do: 'call', name: 'other', data: { do: 'whoAmI' } }
    const replies = await Promise.all([1, 2, 3, 4, 5, 6].map(() => call('shop', nested)))
    expect(replies).toHaveLength(6)
  })
})

describe('a phone', () => {
  test('cannot forge the openid in the event', async () => {
    const { result } = await running.cloudbase.client(BOB).callFunction('shop', {
      do: 'event',
      userInfo: { openId: ANN },
    })
    expect(result).toEqual({ do: 'event', userInfo: { openId: BOB, appId: APPID } })
  })

  test.each([
    ['a function that throws', 'shop', { do: 'fail', message: 'boom' }, -504002, 'boom'],
    ['a function that takes too long', 'quick', { do: 'hang' }, -504003, '0.3 seconds'],
    ['a function that does not exist', 'none', {}, -501000, 'no function none'],
    ['data that is not an object', 'shop', ['do'], -501007, 'data must be an object'],
  ])('receives the error of %s', async (_what, name, data, errCode, text) => {
    const failure = running.cloudbase.client(ANN).callFunction(name, data)
    await expect(failure).rejects.toMatchObject({
      errCode,
      errMsg: expect.stringMatching(new RegExp(`^cloud.callFunction:fail .*${text}`)),
    })
  })
})

describe('an error of a function', () => {
  /** Calls a function and returns the codes and first lines of the errors that it reports. */
  async function reported(name: string, event: object) {
    const errors: string[] = []
    const report = ({ code, text }: { code: string; text: string }) =>
      void errors.push(`${code}: ${text.split('\n')[0]}`)
    const { functions } = running.cloudbase
    const result = await functions.invoke(name, event, {}, report).catch(() => 'failed')
    return { result, errors }
  }

  test('that it handles itself and publishes reaches the log with its stack', async () => {
    expect(await call('shop', { do: 'handle', message: 'lost' })).toBe('handled')
    const lines = log.map(({ text }) => text)
    const at = lines.lastIndexOf('Error: lost')
    expect(lines[at + 1]).toMatch(/^ {4}at .*shop\.cjs:\d+:\d+\)?$/)
  })

  test.each([
    ['published', 'shop', { do: 'handle', message: 'lost' }, ': Error: lost'],
    [
      'published with a code',
      'shop',
      { do: 'handle', message: 'lost', code: 'E1' },
      'E1: Error: lost',
    ],
    ['thrown', 'shop', { do: 'fail', message: 'boom' }, ': Error: boom'],
    ['thrown outside the call', 'shop', { do: 'crash' }, ': Error: thrown outside a call'],
    [
      'published in a function that it calls',
      'shop',
      { do: 'call', name: 'other', data: { do: 'handle', message: 'inner' } },
      ': Error: inner',
    ],
  ])('and was %s is reported to the caller of the call', async (_how, name, event, expected) => {
    expect((await reported(name, event)).errors).toEqual([expected])
  })

  test('of one call is not reported to the next', async () => {
    await reported('shop', { do: 'handle', message: 'lost' })
    expect((await reported('shop', { do: 'nothing' })).errors).toEqual([])
  })
})

describe('a call fails when the function', () => {
  test.each([
    ['throws', 'shop', { do: 'fail', message: 'boom' }, 'FUNCTIONS_EXECUTE_FAIL', 'Error: boom'],
    ['does not exist', 'none', {}, 'FUNCTION_NOT_FOUND', 'no function none'],
    [
      'takes longer than its time limit',
      'quick',
      { do: 'hang' },
      'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      'timed out after 0.3 seconds',
    ],
    [
      'never returns from an endless loop',
      'quick',
      { do: 'endless' },
      'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      'timed out',
    ],
    [
      'returns a value that is not JSON',
      'shop',
      { do: 'circular' },
      'FUNCTIONS_EXECUTE_FAIL',
      'circular',
    ],
    ['ends its process', 'shop', { do: 'exit' }, 'FUNCTIONS_EXECUTE_FAIL', 'exited with code 3'],
    [
      'cannot be loaded, and the error says which and why',
      'broken',
      {},
      'FUNCTIONS_EXECUTE_FAIL',
      'the function broken cannot be loaded: SyntaxError',
    ],
    ['has no file', 'empty', {}, 'FUNCTIONS_EXECUTE_FAIL', 'Cannot find module'],
  ])('%s', async (_what, name, event, code, text) => {
    const message = expect.stringContaining(text)
    await expect(call(name, event)).rejects.toMatchObject({ code, message })
  })
})

test('a crash ends only its own call', async () => {
  const [crashed, other] = await Promise.allSettled([
    call('shop', { do: 'crash' }),
    call('shop', { do: 'whoAmI', pause: 100 }),
  ])
  expect([crashed.status, other.status]).toEqual(['rejected', 'fulfilled'])
})

test('the next call after a crash is served', async () => {
  await call('shop', { do: 'crash' }).catch(() => {})
  expect(await call('shop', { do: 'event' })).toEqual({ do: 'event' })
})

test('a function that returns nothing returns null', async () => {
  expect(await call('shop', { do: 'nothing' })).toBeNull()
})

describe('the environment', () => {
  test('has the configured variables', async () => {
    expect(await call('shop', { do: 'environment' })).toMatchObject({ WXPAY_MCHID: '1900000001' })
  })

  test('is set while the function loads, without a caller', async () => {
    const names = Object.keys(await call('shop', { do: 'loadedWith' }))
    expect(names).toContain('WXPAY_MCHID')
    expect(names).not.toContain('WX_OPENID')
  })

  test('has no variables of the previous caller', async () => {
    await call('shop', { do: 'nothing' })
    const names = Object.keys(await call('shop', { do: 'environment' }, {} as any))
    expect(names).not.toContain('WX_OPENID')
    expect(names).not.toContain('TCB_SOURCE')
  })

  test('has no variables of the host', async () => {
    const names = Object.keys(await call('shop', { do: 'environment' }))
    const known = /^(WX_|WXPAY_|TCB_|TENCENTCLOUD_|SCF_NAMESPACE$|SILENCE$)/
    expect(names.filter((name) => !known.test(name))).toEqual([])
  })
})

describe('the time', () => {
  test('of a function is the simulated time', async () => {
    clock.advance(86_400_000)
    const { now, made, text } = await call('shop', { do: 'now' })
    expect(Math.abs(now - clock.now())).toBeLessThan(5000)
    expect(Math.abs(made - clock.now())).toBeLessThan(5000)
    expect(Math.abs(Date.parse(text) - clock.now())).toBeLessThan(5000)
  })

  test('of an explicit date is unchanged', async () => {
    expect(await call('shop', { do: 'now' })).toMatchObject({ fixed: 2020, isDate: true })
  })
})

test('the text that a function prints is logged line by line, before its reply', async () => {
  await call('shop', { do: 'print', lines: ['one', 'two'] })
  const lines = log.filter(({ name }) => name === 'shop').map(({ text }) => text)
  expect(lines.slice(-2)).toEqual(['one', 'two'])
})

describe('new code', () => {
  test('serves the next call, while a running call ends with the old code', async () => {
    const { functions } = running.cloudbase
    await call('changing', { pause: 0 })
    const before = call('changing', { pause: 200 })
    // The call must have started before the code is replaced
    await new Promise((resolve) => setTimeout(resolve, 50))
    functions.replace('changing', codeReturning('new'))
    expect(await call('changing', { pause: 0 })).toBe('new')
    expect(await before).toBe('old')
    expect(await call('changing', { pause: 0 })).toBe('new')
  })

  test('can replace a function that could not be loaded', async () => {
    await call('repeated', {}).catch(() => {})
    running.cloudbase.functions.replace('repeated', codeReturning('fixed'))
    expect(await call('repeated', { pause: 0 })).toBe('fixed')
  })
})

test('a warmed function has loaded once, before its first call', async () => {
  const loads = () => log.filter(({ text }) => text === 'loaded').length
  await running.cloudbase.functions.warm('heavy')
  while (loads() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await call('heavy', {})
  expect(loads()).toBe(1)
})
