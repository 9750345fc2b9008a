import { ANN, ENV_ID, sdkOf, functionConfig, useCloudBase } from './support'

const { running } = useCloudBase({
  functions: { shop: functionConfig(), other: functionConfig() },
  permissions: { goods: { aclTag: 'ADMINWRITE' } },
})
let cloud: any
beforeAll(async () => (cloud = await sdkOf(running.cloudbase)))

const call = (event: object) =>
  running.cloudbase.functions.invoke('shop', event, {
    openid: ANN,
    source: 'wx_client',
  }) as Promise<any>

/** Sends a request as the SDK does, with a test's body and headers. */
async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(running.cloudbase.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}
const INSERT_REQUEST = {
  action: 'database.insertDocument',
  collectionName: 'goods',
  data: ['{"price":1}'],
}

describe('another program on this machine', () => {
  test('cannot write without the secret', async () => {
    const { text } = await post(INSERT_REQUEST)
    expect(JSON.parse(text)).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' })
    expect(running.cloudbase.database.count('goods', {})).toBe(0)
  })

  test('cannot write with another secret', async () => {
    const { text } = await post({ ...INSERT_REQUEST, sessionToken: 'guess' })
    expect(JSON.parse(text)).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' })
  })

  test('can write with the secret', async () => {
    const { text } = await post({
      ...INSERT_REQUEST,
      sessionToken: process.env.TENCENTCLOUD_SESSIONTOKEN,
    })
    expect(JSON.parse(text)).toMatchObject({ data: { insertedIds: [expect.any(String)] } })
  })

  test('cannot write as a web page', async () => {
    const reply = await post(INSERT_REQUEST, { origin: new URL(running.cloudbase.url).origin })
    expect(reply.status).toBe(403)
  })

  test('cannot send a message without the secret', async () => {
    const form = new FormData()
    form.set('apiName', 'subscribeMessage.send')
    const response = await fetch(running.cloudbase.url, { method: 'POST', body: form })
    expect(await response.json()).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' })
  })
})

test('a body that is not JSON is refused like one without the secret', async () => {
  const response = await fetch(running.cloudbase.url, { method: 'POST', body: 'nonsense' })
  expect(await response.json()).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' })
})

test('an unknown action is named in the error', async () => {
  const sessionToken = process.env.TENCENTCLOUD_SESSIONTOKEN
  const { text } = await post({ action: 'database.dropEverything', sessionToken })
  expect(JSON.parse(text)).toMatchObject({
    code: 'INVALID_PARAM',
    message: expect.stringContaining('database.dropEverything'),
  })
})

describe('callFunction of the SDK', () => {
  test("returns the function's result", async () => {
    const event = { do: 'call', name: 'other', data: { do: 'event', n: 1 } }
    expect(await call(event)).toEqual({ do: 'event', n: 1 })
  })

  test('outside a call has no caller', async () => {
    const { result } = await cloud.callFunction({ name: 'other', data: { do: 'whoAmI' } })
    expect(result.before).toMatchObject({ ENV: ENV_ID, SOURCE: 'scf' })
    expect(result.before.OPENID).toBeUndefined()
  })

  test.each([
    ['none', {}, 'FUNCTION_NOT_FOUND'],
    ['other', { do: 'fail', message: 'boom' }, 'FUNCTIONS_EXECUTE_FAIL'],
  ])('of %s fails with errCode -1 and the platform’s code', async (name, data, code) => {
    await expect(cloud.callFunction({ name, data })).rejects.toMatchObject({ errCode: -1, code })
  })
})

test('a database that cannot be reached is errCode -501001', async () => {
  const { TCB_CONTEXT_CNFG } = process.env
  process.env.TCB_CONTEXT_CNFG = JSON.stringify({ URL: 'http://127.0.0.1:1/admin' })
  const failure = cloud.database().collection('goods').get()
  await expect(failure).rejects.toMatchObject({ errCode: -501001 })
  process.env.TCB_CONTEXT_CNFG = TCB_CONTEXT_CNFG
})
