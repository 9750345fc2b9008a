import { asn1, pkcs12, type pki } from 'node-forge'
import { issueCertificates } from '../../simulator/wechat-pay/certificates'

/** A merchant's certificate and private key. */
export interface Identity {
  certificate: pki.Certificate
  privateKey: pki.PrivateKey
}

/** @param now ms; the certificate is valid from the day before it for ten years */
export async function issueIdentity(mch_id: string, now: number): Promise<Identity> {
  const { p12 } = await issueCertificates(mch_id, now)
  const opened = pkcs12.pkcs12FromAsn1(
    asn1.fromDer(Buffer.from(p12, 'base64').toString('binary')),
    mch_id,
  )
  const bags = opened.safeContents.flatMap(({ safeBags }) => safeBags)
  return {
    certificate: bags.find(({ cert }) => cert)!.cert!,
    privateKey: bags.find(({ key }) => key)!.key!,
  }
}

/** Packs as apiclient_cert.p12 is packed; without a private key when `privateKey` is null. */
export function pack(
  { certificate, privateKey }: { certificate: pki.Certificate; privateKey: pki.PrivateKey | null },
  passphrase: string,
): Buffer {
  // one round of key derivation: strength is not what tests need
  const options = { algorithm: 'aes256', count: 1 } as const
  const packed = pkcs12.toPkcs12Asn1(
    privateKey as pki.rsa.PrivateKey,
    [certificate],
    passphrase,
    options,
  )
  return Buffer.from(asn1.toDer(packed).getBytes(), 'binary')
}
