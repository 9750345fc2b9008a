import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { asn1, md, pkcs12, pki } from 'node-forge'

/** The host name of the gateway. */
export const GATEWAY_HOST = 'api.mch.weixin.qq.com'

const DAY_MS = 24 * 3600_000
const VALIDITY_MS = 10 * 365 * DAY_MS

export interface Certificates {
  /** the certificate (PEM) of the authority that signed the other two */
  ca: string
  /** the gateway's certificate and private key (PEM) */
  server: string
  serverKey: string
  /** the merchant's client certificate and private key, base64; the passphrase is the mch_id */
  p12: string
}

interface KeyPair {
  publicKey: pki.rsa.PublicKey
  privateKey: pki.rsa.PrivateKey
}

interface Subject {
  commonName: string
  keys: KeyPair
  extensions: Record<string, unknown>[]
}

/**
 * Issues an authority, the gateway's certificate and the merchant's, valid from the day before
 * `now` (ms) for ten years. The authority's private key is discarded: it can sign nothing else.
 */
export async function issueCertificates(mch_id: string, now: number): Promise<Certificates> {
  const [caKeys, serverKeys, merchantKeys] = await Promise.all([makeKeys(), makeKeys(), makeKeys()])
  const authority: Subject = {
    commonName: 'WeChat Pay simulator CA',
    keys: caKeys,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  }
  const server: Subject = {
    commonName: GATEWAY_HOST,
    keys: serverKeys,
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 2, value: GATEWAY_HOST }] },
      { name: 'extKeyUsage', serverAuth: true },
    ],
  }
  const merchant: Subject = {
    commonName: mch_id,
    keys: merchantKeys,
    extensions: [{ name: 'extKeyUsage', clientAuth: true }],
  }
  return {
    ca: pki.certificateToPem(issue(authority, authority, now)),
    server: pki.certificateToPem(issue(server, authority, now)),
    serverKey: pki.privateKeyToPem(serverKeys.privateKey),
    p12: packP12(merchantKeys.privateKey, issue(merchant, authority, now), mch_id),
  }
}

/** Generates an RSA key pair with Node's own crypto, since node-forge takes seconds. */
async function makeKeys(): Promise<KeyPair> {
  const pem = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return {
    publicKey: pki.publicKeyFromPem(pem.publicKey),
    privateKey: pki.privateKeyFromPem(pem.privateKey),
  }
}

function issue(subject: Subject, authority: Subject, now: number): pki.Certificate {
  const certificate = pki.createCertificate()
  certificate.publicKey = subject.keys.publicKey
  // A serial number is positive: its first byte must be below 0x80
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(now - DAY_MS)
  certificate.validity.notAfter = new Date(now - DAY_MS + VALIDITY_MS)
  certificate.setSubject([{ name: 'commonName', value: subject.commonName }])
  certificate.setIssuer([{ name: 'commonName', value: authority.commonName }])
  certificate.setExtensions(subject.extensions)
  certificate.sign(authority.keys.privateKey, md.sha256.create())
  return certificate
}

/** Packs a key and its certificate with AES: Node 18 and later cannot open older tools' RC2. */
function packP12(
  privateKey: pki.rsa.PrivateKey,
  certificate: pki.Certificate,
  passphrase: string,
): string {
  const p12 = pkcs12.toPkcs12Asn1(privateKey, [certificate], passphrase, { algorithm: 'aes256' })
  return Buffer.from(asn1.toDer(p12).getBytes(), 'binary').toString('base64')
}
