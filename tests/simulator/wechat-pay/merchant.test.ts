import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import tls from 'node:tls'
import { type Merchant, openMerchant } from '../../../simulator/wechat-pay/merchant'
import { temporaryFolder } from './support'

const folder = temporaryFolder()
const file = path.join(folder, 'merchant.json')
let merchant: Merchant

beforeAll(async () => {
  merchant = await openMerchant(folder)
})

afterEach(() => {
  jest.restoreAllMocks()
})

test('a new merchant has a number of 10 digits and a key of 32 characters', () => {
  expect(merchant.mch_id).toMatch(/^\d{10}$/)
  expect(merchant.key).toMatch(/^[\da-f]{32}$/)
})

test('the passphrase of the p12 file is the merchant number', () => {
  const pfx = readFileSync(merchant.p12File)
  expect(() => tls.createSecureContext({ pfx, passphrase: merchant.mch_id })).not.toThrow()
  expect(() => tls.createSecureContext({ pfx, passphrase: 'wrong' })).toThrow(/mac verify failure/)
})

test("the gateway's certificate is for WeChat's host name and valid for ten years", () => {
  const server = new X509Certificate(merchant.certificates.server)
  expect(server.checkHost('api.mch.weixin.qq.com')).toBe('api.mch.weixin.qq.com')
  const years = (Date.parse(server.validTo) - Date.parse(server.validFrom)) / (365 * 24 * 3600_000)
  expect(years).toBeCloseTo(10)
})

test('the merchant stays the same at the next start', async () => {
  expect(await openMerchant(folder)).toEqual(merchant)
})

test('the folder contains only the merchant and the certificate', () => {
  expect(readdirSync(folder).sort()).toEqual(['apiclient_cert.p12', 'merchant.json'])
})

test('only the owner can read the files', () => {
  // Windows has no such modes: there a file is always readable and writable by all
  const expected = process.platform === 'win32' ? 0o666 : 0o600
  for (const name of readdirSync(folder)) {
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(expected)
  }
})

test('a deleted p12 file is restored', async () => {
  const before = readFileSync(merchant.p12File)
  rmSync(merchant.p12File)
  await openMerchant(folder)
  expect(readFileSync(merchant.p12File).equals(before)).toBe(true)
})

test('expired certificates are renewed for the same merchant', async () => {
  const other = temporaryFolderWithMerchant()
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 365 * 24 * 3600_000)
  const renewed = await openMerchant(other)
  expect(renewed).toMatchObject({ mch_id: merchant.mch_id, key: merchant.key })
  expect(renewed.certificates.p12).not.toBe(merchant.certificates.p12)
})

test.each([
  ['half written', (text: string) => text.slice(0, 200)],
  ['without a key', (text: string) => text.replace(merchant.key, '')],
  ['with another p12', (text: string) => text.replace(/"p12": "..../, '"p12": "AAAA')],
  [
    'with a foreign private key',
    (text: string) => text.replace(/"serverKey": ".{200}/, '"serverKey": "'),
  ],
  ['not an object', () => 'null'],
])('a merchant file that is %s is reported with a fix', async (_, damage) => {
  const other = temporaryFolderWithMerchant()
  const damaged = path.join(other, 'merchant.json')
  writeFileSync(damaged, damage(readFileSync(damaged, 'utf8')))
  await expect(openMerchant(other)).rejects.toThrow(
    /merchant\.json is damaged \(.*\)\. Delete the folder/,
  )
})

const others = temporaryFolder()

function temporaryFolderWithMerchant(): string {
  writeFileSync(path.join(others, 'merchant.json'), readFileSync(file))
  return others
}
