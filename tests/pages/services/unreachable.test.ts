/** Loaded by path: its types need the mini program's globals, which conflict with those of Node. */
const { unreachable } = jest.requireActual<{ unreachable(cause: unknown): Promise<Error> }>(
  '../../../miniprogram/services/errors',
)

/* What the shopper reads when a call of wx.cloud fails: what to do, and the code in small print. */

let networkType: string
beforeEach(() => {
  networkType = 'wifi'
  ;(globalThis as any).wx = { getNetworkType: async () => ({ networkType }) }
})
afterEach(() => delete (globalThis as any).wx)

test.each([
  ['no answer', { errCode: -1 }, '网络不太顺畅，请稍后重试', '-1'],
  ['a function that took too long', { errCode: -504003 }, '服务器太忙，请稍后重试', '-504003'],
  [
    'a function that crashed',
    { errCode: -504002 },
    '服务器出错了，请稍后重试，还不行就联系商家',
    '-504002',
  ],
  ['permissions that deny', { errCode: -502003 }, '商家的设置有误，请联系商家', '-502003'],
  ['a failure without a code', new Error('anything'), '出错了，请稍后重试', undefined],
])('%s: what to do', async (_what, cause, message, err_code) => {
  expect(await unreachable(cause)).toMatchObject({ error: 'UNKNOWN', message, err_code })
})

test('without a network, whatever the code is', async () => {
  networkType = 'none'
  expect(await unreachable({ errCode: -504002 })).toMatchObject({
    message: '没有网络，请检查网络设置',
    offline: true,
  })
})
