import { X509Certificate, createPrivateKey, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createSecureContext } from 'node:tls'
import { type Certificates, issueCertificates } from './certificates'

/** The gateway's only merchant. */
export interface Merchant {
  /** 10 digits */
  mch_id: string
  /** the API key that signs everything: 32 characters */
  key: string
  certificates: Certificates
  /** the file with the client certificate; its passphrase is the mch_id */
  p12File: string
}

type Stored = Omit<Merchant, 'p12File'>

/**
 * Opens the merchant in the folder `dir`, or creates it there. merchant.json contains the whole
 * merchant and is replaced atomically, so that a crash leaves the old one or the new one;
 * apiclient_cert.p12 is a copy for programs that need a file. Expired certificates are replaced.
 * @throws Error when merchant.json is damaged or the folder cannot be written
 */
export async function openMerchant(dir: string): Promise<Merchant> {
  const file = path.join(dir, 'merchant.json')
  const p12File = path.join(dir, 'apiclient_cert.p12')
  mkdirSync(dir, { recursive: true })
  const known = existsSync(file) ? readMerchant(file) : undefined
  const merchant = known && !hasExpired(known) ? known : await makeMerchant(known)
  if (merchant !== known) replaceFile(file, JSON.stringify(merchant, null, 2))
  const p12 = Buffer.from(merchant.certificates.p12, 'base64')
  if (!existsSync(p12File) || !readFileSync(p12File).equals(p12)) replaceFile(p12File, p12)
  return { ...merchant, p12File }
}

async function makeMerchant(known?: Stored): Promise<Stored> {
  const mch_id = known?.mch_id ?? '1600000001'
  const key = known?.key ?? randomBytes(16).toString('hex')
  // TLS compares certificates with the machine's time, not with the simulated one
  return { mch_id, key, certificates: await issueCertificates(mch_id, Date.now()) }
}

function hasExpired({ certificates }: Stored): boolean {
  return Date.parse(new X509Certificate(certificates.server).validTo) < Date.now()
}

function readMerchant(file: string): Stored {
  try {
    const merchant = JSON.parse(readFileSync(file, 'utf8')) as Stored
    check(merchant)
    return merchant
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(
      `${file} is damaged (${cause}). Delete the folder ${path.dirname(file)}: the next start creates a new merchant.`,
      { cause: error },
    )
  }
}

/**
 * Checks that the merchant is complete and consistent.
 * @throws Error when it is not
 */
function check({ mch_id, key, certificates }: Stored): void {
  if (!/^\d{10}$/.test(mch_id)) throw new Error('mch_id is not 10 digits')
  if (!/^[\dA-Za-z]{32}$/.test(key)) throw new Error('key is not 32 characters')
  const server = new X509Certificate(certificates.server)
  if (!server.verify(new X509Certificate(certificates.ca).publicKey)) {
    throw new Error('the certificate was not issued by this CA')
  }
  if (!server.checkPrivateKey(createPrivateKey(certificates.serverKey))) {
    throw new Error('the private key does not match the certificate')
  }
  createSecureContext({ pfx: Buffer.from(certificates.p12, 'base64'), passphrase: mch_id })
}

/** Replaces a file atomically. Where the platform has file modes, only this user can read it. */
function replaceFile(file: string, content: string | Buffer): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
