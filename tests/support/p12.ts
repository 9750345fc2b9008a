import { generateKeyPairSync } from 'node:crypto'
import { asn1, md, pkcs12, pki } from 'node-forge'

/** A merchant's certificate and private key. */
export interface Identity {
  certificate: pki.Certificate
  privateKey: pki.rsa.PrivateKey
}

// Generated with Node's own crypto, since node-forge takes seconds
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** Issues a certificate whose CN is the merchant number, as WeChat does. The times are ms. */
export function issueIdentity(mch_id: string, notBefore: number, notAfter: number): Identity {
  const own = pki.privateKeyFromPem(privateKey)
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = new Date(notBefore)
  certificate.validity.notAfter = new Date(notAfter)
  const name = [{ name: 'commonName', value: mch_id }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.sign(own, md.sha256.create())
  return { certificate, privateKey: own }
}

/** Packs a p12 as apiclient_cert.p12 is; without a private key when `privateKey` is null. */
export function pack(
  {
    certificate,
    privateKey,
  }: { certificate: pki.Certificate; privateKey: Identity['privateKey'] | null },
  passphrase: string,
): Buffer {
  // One round of key derivation, which is fast: tests need no strong encryption
  const options = { algorithm: 'aes256', count: 1 } as const
  // The types do not allow a container with only certificates
  const packed = pkcs12.toPkcs12Asn1(privateKey!, [certificate], passphrase, options)
  return Buffer.from(asn1.toDer(packed).getBytes(), 'binary')
}
