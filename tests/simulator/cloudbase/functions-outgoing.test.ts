import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { TLSSocket } from 'node:tls'
import { startCloudBase, type CloudBase } from '../../../simulator/cloudbase'
import { issueCertificates, type Certificates } from '../../../simulator/wechat-pay/certificates'
import { cloudBaseOptions, functionConfig } from './support'

const PASSPHRASE = '1900000001'
let certificates: Certificates
let gateway: https.Server
let port: number
let cloudbase: CloudBase

// Starts a gateway that answers with the properties of the request
beforeAll(async () => {
  certificates = await issueCertificates(PASSPHRASE, Date.now())
  const { ca, server: cert, serverKey: key } = certificates
  gateway = https.createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: false })
  gateway.on('request', (request, response) => {
    const socket = request.socket as TLSSocket & { servername: string }
    const { host } = request.headers
    const client = socket.getPeerCertificate().subject?.CN
    response.end(JSON.stringify({ url: request.url, host, servername: socket.servername, client }))
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  port = (gateway.address() as AddressInfo).port
  cloudbase = await started(ca)
})

afterAll(async () => {
  await cloudbase.close()
  gateway.closeAllConnections()
  gateway.close()
})

function started(ca: string): Promise<CloudBase> {
  const outgoing = functionConfig({ file: path.join(__dirname, 'functions', 'outgoing.cjs') })
  return startCloudBase({
    ...cloudBaseOptions(),
    functions: { outgoing },
    gateway: { port, ca },
  })
}

const ask = (way: string, more = {}) =>
  cloudbase.functions.invoke('outgoing', { way, ...more }, {}) as Promise<any>

test.each(['options', 'url', 'urlObject', 'urlAndOptions', 'get'])(
  'a request by %s reaches the gateway under its real host name',
  async (way) => {
    expect(await ask(way)).toEqual({
      url: '/pay/orderquery?a=1',
      host: 'api.mch.weixin.qq.com',
      servername: 'api.mch.weixin.qq.com',
    })
  },
)

test('a client certificate of an agent reaches the gateway', async () => {
  const pfx = certificates.p12
  expect(await ask('clientCertificate', { pfx, passphrase: PASSPHRASE })).toMatchObject({
    client: PASSPHRASE,
  })
})

test('a request to another host is not redirected', async () => {
  const { host } = await ask('elsewhere', { port, rejectUnauthorized: false })
  expect(host).toBe(`127.0.0.1:${port}`)
})

test('the gateway’s CA is not trusted for other hosts', async () => {
  const failure = ask('elsewhere', { port, servername: 'api.mch.weixin.qq.com' })
  await expect(failure).rejects.toThrow(/certificate/)
})

test('a gateway with a certificate of another CA is refused', async () => {
  const other = await issueCertificates(PASSPHRASE, Date.now())
  const distrustful = await started(other.ca)
  const failure = distrustful.functions.invoke('outgoing', { way: 'url' }, {})
  await expect(failure).rejects.toThrow(/certificate/)
  await distrustful.close()
})
