import { asn1, pkcs12, pki } from 'node-forge'

/** What a merchant's apiclient_cert.p12 holds. */
export interface Certificate {
  /** the subject's CN: WeChat writes the merchant number there */
  commonName: string
  /** ms since 1970 */
  notBefore: number
  notAfter: number
  hasPrivateKey: boolean
}

/** Opens a PKCS #12 file; undefined when it does not open or holds no RSA certificate. */
export function openCertificate(p12: Buffer, passphrase: string): Certificate | undefined {
  try {
    const opened = pkcs12.pkcs12FromAsn1(asn1.fromDer(p12.toString('binary')), passphrase)
    const bags = opened.safeContents.flatMap((content) => content.safeBags)
    const key = bags.find((bag) => bag.key)?.key
    const certificates = bags.flatMap((bag) => bag.cert ?? [])
    const certificate = certificates.find((one) => belongsTo(key, one)) ?? certificates[0]
    if (!certificate) return undefined
    return {
      commonName: String(certificate.subject.getField('CN')?.value ?? ''),
      notBefore: certificate.validity.notBefore.getTime(),
      notAfter: certificate.validity.notAfter.getTime(),
      hasPrivateKey: key !== undefined,
    }
  } catch {
    return undefined
  }
}

/** An RSA key and its certificate have the same modulus. */
function belongsTo(key: pki.PrivateKey | undefined, { publicKey }: pki.Certificate): boolean {
  return key !== undefined && 'n' in key && 'n' in publicKey && key.n.equals(publicKey.n)
}
