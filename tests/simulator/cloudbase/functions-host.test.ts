import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ann, appid, bob, envId, shop, temporaryFolder, useCloudBase } from './support'

const folder = temporaryFolder()
const broken = path.join(folder, 'broken.cjs')
writeFileSync(broken, 'exports.main = (')

/** A function's code that answers with this text. */
function codeThatSays(text: string): string {
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
    shop: shop({ env: { WXPAY_MCHID: '1900000001' } }),
    quick: shop({ timeoutMs: 300 }),
    other: shop(),
    broken: shop({ file: broken }),
    empty: shop({ file: path.join(folder, 'nowhere.cjs') }),
    heavy: shop({ file: heavy }),
    changing: shop({ file: codeThatSays('old') }),
    mended: shop({ file: broken }),
  },
  // Fewer than the calls below, so that some wait, and that nested ones would wait for them.
  callsAtATime: 4,
  permissions: { visits: { aclTag: 'ADMINONLY' } },
})

const call = (name: string, event: object, caller = { openid: ann, source: 'wx_client' }) =>
  running.cloudbase.functions.invoke(name, event, caller) as Promise<any>

describe('the caller', () => {
  test('is who called', async () => {
    const { before } = await call('shop', { do: 'whoAmI' })
    expect(before).toMatchObject({ OPENID: ann, APPID: appid, ENV: envId, SOURCE: 'wx_client' })
  })

  test('may be nobody, as for a timer', async () => {
    await call('shop', { do: 'whoAmI' })
    const { before } = await call('shop', { do: 'whoAmI' }, { source: 'wx_trigger' } as any)
    expect(before).toEqual({ APPID: appid, ENV: envId, SOURCE: 'wx_trigger' })
  })

  test('is never mixed up among 40 calls at once', async () => {
    const openids = Array.from({ length: 40 }, (_item, n) => `oShopper${n}x`)
    const replies = await Promise.all(
      openids.map((openid, n) =>
        call('shop', { do: 'whoAmI', pause: n % 7 }, { openid, source: 'wx_client' }),
      ),
    )
    expect(replies.map(({ before }) => before.OPENID)).toEqual(openids)
    expect(replies.map(({ after }) => after.OPENID)).toEqual(openids)
  })

  test('stays the same through functions that call functions, and the chain gets longer', async () => {
    const { before } = await call('shop', {
      do: 'call',
      name: 'other',
      data: { do: 'call', name: 'shop', data: { do: 'whoAmI' } },
    })
    expect(before).toMatchObject({ OPENID: ann, SOURCE: 'wx_client,scf,scf' })
  })

  test('many nested calls at once do not wait for each other for ever', async () => {
    const nested = { do: 'call', name: 'other', data: { do: 'whoAmI' } }
    const replies = await Promise.all([1, 2, 3, 4, 5, 6].map(() => call('shop', nested)))
    expect(replies).toHaveLength(6)
  })
})

describe('a phone', () => {
  test('has its openid put into the event, over one that it forged', async () => {
    const { result } = await running.cloudbase.client(bob).callFunction('shop', {
      do: 'event',
      userInfo: { openId: ann },
    })
    expect(result).toEqual({ do: 'event', userInfo: { openId: bob, appId: appid } })
  })

  test.each([
    ['a function that throws', 'shop', { do: 'fail', message: 'boom' }, -504002, 'boom'],
    ['a function that takes too long', 'quick', { do: 'hang' }, -504003, '0.3 seconds'],
    ['a function that does not exist', 'none', {}, -501000, 'no function none'],
    ['data that is no object', 'shop', ['do'], -501007, 'data must be an object'],
  ])('is told of %s', async (_what, name, data, errCode, text) => {
    const failure = running.cloudbase.client(ann).callFunction(name, data)
    await expect(failure).rejects.toMatchObject({
      errCode,
      errMsg: expect.stringMatching(new RegExp(`^cloud.callFunction:fail .*${text}`)),
    })
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
      'never lets go of its thread',
      'quick',
      { do: 'endless' },
      'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      'timed out',
    ],
    ['returns what is no JSON', 'shop', { do: 'circular' }, 'FUNCTIONS_EXECUTE_FAIL', 'circular'],
    ['ends its process', 'shop', { do: 'exit' }, 'FUNCTIONS_EXECUTE_FAIL', 'exited with code 3'],
    [
      'cannot be loaded, and says which and why',
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

test('after a crash the next call is served', async () => {
  await call('shop', { do: 'crash' }).catch(() => {})
  expect(await call('shop', { do: 'event' })).toEqual({ do: 'event' })
})

test('a function that returns nothing returns null', async () => {
  expect(await call('shop', { do: 'nothing' })).toBeNull()
})

describe('the environment', () => {
  test('has what a deployer configured', async () => {
    expect(await call('shop', { do: 'environment' })).toMatchObject({ WXPAY_MCHID: '1900000001' })
  })

  test('is there while the function loads, without a caller', async () => {
    const names = Object.keys(await call('shop', { do: 'loadedWith' }))
    expect(names).toContain('WXPAY_MCHID')
    expect(names).not.toContain('WX_OPENID')
  })

  test('has nothing left of the caller before', async () => {
    await call('shop', { do: 'nothing' })
    const names = Object.keys(await call('shop', { do: 'environment' }, {} as any))
    expect(names).not.toContain('WX_OPENID')
    expect(names).not.toContain('TCB_SOURCE')
  })

  test('has nothing of the host’s own', async () => {
    const names = Object.keys(await call('shop', { do: 'environment' }))
    const known = /^(WX_|WXPAY_|TCB_|TENCENTCLOUD_|SCF_NAMESPACE$|SILENCE$)/
    expect(names.filter((name) => !known.test(name))).toEqual([])
  })
})

describe('the time', () => {
  test('of a function is the simulated one, which a test can move', async () => {
    clock.advance(86_400_000)
    const { now, made, text } = await call('shop', { do: 'now' })
    expect(Math.abs(now - clock.now())).toBeLessThan(5000)
    expect(Math.abs(made - clock.now())).toBeLessThan(5000)
    expect(Math.abs(Date.parse(text) - clock.now())).toBeLessThan(5000)
  })

  test('leaves dates that are given alone', async () => {
    expect(await call('shop', { do: 'now' })).toMatchObject({ fixed: 2020, isDate: true })
  })
})

test('what a function prints goes to the log, line by line, before its reply', async () => {
  await call('shop', { do: 'print', lines: ['one', 'two'] })
  const lines = log.filter(({ name }) => name === 'shop').map(({ text }) => text)
  expect(lines.slice(-2)).toEqual(['one', 'two'])
})

describe('new code', () => {
  test('serves the next call, while a call that runs ends on the old', async () => {
    const { functions } = running.cloudbase
    await call('changing', { pause: 0 })
    const before = call('changing', { pause: 200 })
    // the call is on its way: only then is the code replaced
    await new Promise((resolve) => setTimeout(resolve, 50))
    functions.replace('changing', codeThatSays('new'))
    expect(await call('changing', { pause: 0 })).toBe('new')
    expect(await before).toBe('old')
    expect(await call('changing', { pause: 0 })).toBe('new')
  })

  test('mends a function that could not be loaded', async () => {
    await call('mended', {}).catch(() => {})
    running.cloudbase.functions.replace('mended', codeThatSays('mended'))
    expect(await call('mended', { pause: 0 })).toBe('mended')
  })
})

test('a function that was warmed has loaded before its first call, and once', async () => {
  const loads = () => log.filter(({ text }) => text === 'loaded').length
  await running.cloudbase.functions.warm('heavy')
  while (loads() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await call('heavy', {})
  expect(loads()).toBe(1)
})
