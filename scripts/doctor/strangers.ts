import { doubtful, wrong, type Finding } from './finding'
import type { Configuration } from './configuration'

/** What WeChat's 证书工具 leaves beside apiclient_cert.p12, and other forms of keys. */
const SECRET = /\.(pem|key|p12|zip)$/i

/** Whatever lies in a function's config folder is uploaded with it, read by somebody or not. */
export function checkStrangers({ functions, pay }: Configuration): Finding[] {
  // a certificate that P12 does not name may be the one that it should name, and P12 is wrong then
  const isAnswer = (file: string) =>
    file.endsWith('.p12') && pay.complaints.some(({ key = 'P12' }) => key === 'P12')
  return functions.flatMap(({ name, strangers, ownsConfiguration }) =>
    strangers
      .filter((file) => !isAnswer(file))
      .map((file) => {
        const place = `cloudfunctions/${name}/config/${file}`
        const mend = ownsConfiguration
          ? 'keep it elsewhere, outside the project'
          : 'npm run build: it deletes it'
        return SECRET.test(file)
          ? wrong(place, 'would be uploaded with the function', mend)
          : doubtful(place, 'would be uploaded with the function, which does not read it', mend)
      }),
  )
}
