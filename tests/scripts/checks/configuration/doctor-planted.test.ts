import type { Problem } from '../../../../project/diagnostic'
import { isProblem } from '../../../../scripts/checks/check'
import type { Surroundings } from '../../../../scripts/checks/configuration/configuration'
import { examine } from '../../../../scripts/checks/configuration/examine'
import { ConfiguredCheckout, KEY, MCHID, TEMPLATE_ID } from '../../../support/configured-checkout'
import { issueIdentity, pack } from '../../../support/p12'
import { RC2_P12 } from '../../../support/rc2-p12'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const DAY = 24 * 3_600_000
const YEAR = 365 * DAY
const IN_PAY = 'cloudfunctions/pay/config/index.js'
const IN_MESSAGE = 'cloudfunctions/pay-message/config/index.js'
const PHONE = 'miniprogram/config.ts'
const OTHER_TEMPLATE = 'b3RoZXJfdGVtcGxhdGVfb2Zfbm9fZnVuY3Rpb24wMDA'

const merchant = issueIdentity(MCHID, NOW - DAY, NOW + YEAR)
const anotherMerchant = issueIdentity('1900000110', NOW - DAY, NOW + YEAR)
const p12 = pack(merchant, MCHID)

let checkout: ConfiguredCheckout

beforeEach(async () => {
  checkout = await ConfiguredCheckout.create(p12)
})
afterEach(() => checkout.destroy())

/** Returns the problems that the doctor finds, without the usual warning about refunds. */
async function problems(surroundings: void | Partial<Surroundings>): Promise<Problem[]> {
  const seen = { environment: {}, now: NOW, node: '20.19.0', ...surroundings }
  const diagnostics = await examine(checkout.folder, seen)
  return diagnostics
    .filter(isProblem)
    .filter(({ severity, where }) => severity === 'error' || !where.endsWith('SELF_REFUND_HOURS'))
}

const found = (severity: Problem['severity'], where: string, problem: string) => ({
  severity,
  where,
  problem: expect.stringContaining(problem),
  fix: expect.stringMatching(/./),
})

const notifyAt = (address: string) => checkout.pay({ NOTIFY_URL: address })

function payIs(content: string): void {
  for (const name of ['pay', 'pay-notify', 'pay-reconcile']) {
    checkout.write(`cloudfunctions/${name}/config/index.js`, content)
  }
}

const removeFromPay = (file: string) => checkout.remove(`cloudfunctions/pay/config/${file}`)

const settings = (change: (content: any) => void) => checkout.json('cloudbaserc.json', change)

const entry = (name: string, change: object) =>
  settings(({ functions }) =>
    Object.assign(
      functions.find((one: any) => one.name === name),
      change,
    ),
  )

/** DevTools reads the triggers in one file, the CLI in the other. */
function timers(triggers: object[]): void {
  checkout.json('cloudfunctions/pay-reconcile/config.json', (it) => (it.triggers = triggers))
  entry('pay-reconcile', { triggers })
}

const permissions = (change: (content: any) => void) =>
  checkout.json('cloud/database/permissions.json', change)

/** A fault, and the one problem that the doctor must find. */
type Planted = [where: string, problem: string, plant: () => void | Partial<Surroundings>]

const ERRORS: Planted[] = [
  // The project
  ['Node 20.18.3', 'is older than 20.19', () => ({ node: '20.18.3' })],
  ['project.config.json', 'is missing', () => checkout.remove('project.config.json')],
  [
    'project.config.json appid',
    'is touristappid, which has no cloud',
    () => checkout.json('project.config.json', (it) => (it.appid = 'touristappid')),
  ],
  [
    'project.config.json appid',
    'must be wx and 16 hex characters',
    () => checkout.json('project.config.json', (it) => (it.appid = 'wx123')),
  ],

  // The phone
  [PHONE, 'is missing', () => checkout.remove(PHONE)],
  [PHONE, 'does not run at line 2, column 14', () => checkout.write(PHONE, '\nexport const =')],
  [PHONE, 'does not run (ReferenceError)', () => checkout.write(PHONE, 'export const env = shop')],
  [
    `${PHONE} env`,
    'must be an environment id',
    () => checkout.phone('My Environment', [TEMPLATE_ID]),
  ],
  [
    `${PHONE} env`,
    'is another environment than TCB_ENV_ID',
    () => ({ environment: { TCB_ENV_ID: 'another-1a2b3c' } }),
  ],
  [
    `${PHONE} templateIds`,
    'must be a list of template ids',
    () => checkout.phone('shop-2gk5m1', [TEMPLATE_ID, 7]),
  ],
  [
    `${PHONE} templateIds`,
    'are more than 3',
    () => checkout.phone('shop-2gk5m1', [TEMPLATE_ID, ...Array<string>(3).fill(OTHER_TEMPLATE)]),
  ],

  // The merchant's configuration
  [
    IN_PAY,
    'cannot be loaded (SyntaxError) at line 2, column 9',
    () => payIs('module.exports = {\n  KEY: 0a1b }'),
  ],
  [IN_PAY, 'cannot be loaded (ReferenceError)', () => payIs('module.exports = { KEY: abc }')],
  [IN_PAY, 'must export an object', () => payIs('module.exports = 1')],
  [IN_PAY, 'is missing', () => removeFromPay('index.js')],
  [`${IN_PAY} APPID`, 'must be the mini program id', () => checkout.pay({ APPID: 'wx1' })],
  [
    `${IN_PAY} APPID`,
    'is another AppID than that of project.config.json',
    () => checkout.pay({ APPID: 'wx0000000000000001' }),
  ],
  [`${IN_PAY} MCHID`, 'must be the merchant number', () => checkout.pay({ MCHID: 1900000109 })],
  [`${IN_PAY} KEY`, 'must be the API key', () => checkout.pay({ KEY: KEY.slice(1) })],
  [
    `${IN_PAY} KEY`,
    "is still the example's",
    () => checkout.pay({ KEY: '0123456789abcdef0123456789abcdef' }),
  ],
  [`${IN_PAY} NOTIFY_URL`, 'without a query', () => notifyAt('https://shop.cn/pay-notify?a=1')],
  [
    `${IN_PAY} NOTIFY_URL`,
    "is still the example's",
    () => notifyAt('https://example.com/pay-notify'),
  ],
  [`${IN_PAY} NOTIFY_URL`, 'is not an address', () => notifyAt('https://:0:/pay-notify')],
  [`${IN_PAY} NOTIFY_URL`, 'must be https', () => notifyAt('http://shop.cn/pay-notify')],
  ...[
    'localhost',
    '127.0.0.1',
    '192.168.1.9',
    '172.20.0.1',
    '[::1]',
    '[fd00::1]',
    'nas',
    'a.test',
  ].map((host): Planted => [
    `${IN_PAY} NOTIFY_URL`,
    'names a host that WeChat cannot reach',
    () => notifyAt(`https://${host}/pay-notify`),
  ]),
  [
    `${IN_PAY} SIGN_TYPE`,
    "must be 'MD5' or 'HMAC-SHA256'",
    () => checkout.pay({ SIGN_TYPE: 'RSA' }),
  ],
  [
    `${IN_PAY} ORDER_TTL_MINUTES`,
    'must be a whole number from 5 to 110',
    () => checkout.pay({ ORDER_TTL_MINUTES: 120 }),
  ],
  [
    `${IN_PAY} MAX_UNPAID_ORDERS`,
    'must be a whole number from 1 to 1000',
    () => checkout.pay({ MAX_UNPAID_ORDERS: 0 }),
  ],
  [
    `${IN_PAY} SELF_REFUND_HOURS`,
    'must be a whole number from 1 to 8760',
    () => checkout.pay({ SELF_REFUND_HOURS: 0.5 }),
  ],
  [
    `${IN_PAY} SELF_REFUND_HOUR`,
    'is not a known setting',
    () => checkout.pay({ SELF_REFUND_HOUR: 1 }),
  ],

  // The certificate
  [`${IN_PAY} P12`, 'there is no file', () => removeFromPay('apiclient_cert.p12')],
  [`${IN_PAY} P12`, 'must be the path', () => checkout.pay({ P12: '' })],
  [`${IN_PAY} P12`, 'there is no file', () => checkout.pay({ P12: '.' })],
  [
    `${IN_PAY} P12`,
    "outside the function's folder",
    () => {
      checkout.write('.git/elsewhere.p12', p12)
      checkout.pay({ P12: '../../../.git/elsewhere.p12' })
      for (const name of ['pay', 'pay-notify', 'pay-reconcile']) {
        checkout.remove(`cloudfunctions/${name}/config/apiclient_cert.p12`)
      }
    },
  ],
  [`${IN_PAY} P12`, 'is not a PKCS #12 file', () => checkout.p12(Buffer.from('noise'))],
  [`${IN_PAY} P12`, 'does not open with MCHID', () => checkout.p12(pack(merchant, 'another'))],
  [
    `${IN_PAY} P12`,
    'holds no private key',
    () => checkout.p12(pack({ ...merchant, privateKey: null }, MCHID)),
  ],
  [
    `${IN_PAY} P12`,
    'an algorithm that this Node no longer reads',
    () => checkout.p12(Buffer.from(RC2_P12, 'base64')),
  ],
  [
    `${IN_PAY} P12`,
    'was issued to another merchant number',
    () => checkout.p12(pack(anotherMerchant, MCHID)),
  ],
  [`${IN_PAY} P12`, 'expired on 2027-06-01', () => ({ now: NOW + YEAR })],
  [`${IN_PAY} P12`, 'is not valid before 2026-05-31', () => ({ now: NOW - 2 * DAY })],

  // Messages
  [
    `${IN_MESSAGE} TEMPLATE_ID`,
    'is not among the ids of the phone',
    () => checkout.phone('shop-2gk5m1', [OTHER_TEMPLATE]),
  ],
  [
    `${IN_MESSAGE} TEMPLATE_ID`,
    'names no template, but the phone asks',
    () => checkout.message({ TEMPLATE_ID: '' }),
  ],
  [`${IN_MESSAGE} TEMPLATE_ID`, 'must be the id', () => checkout.message({ TEMPLATE_ID: 'x' })],
  [
    `${IN_MESSAGE} TEMPLATE_DATA`,
    'must name the keys',
    () => checkout.message({ TEMPLATE_DATA: {} }),
  ],
  [
    `${IN_MESSAGE} TEMPLATE_DATA.thing1`,
    'must be out_trade_no, body, total_fee or paid_at',
    () => checkout.message({ TEMPLATE_DATA: { thing1: 'price' } }),
  ],
  [
    `${IN_MESSAGE} TEMPLATE_DATA.money1`,
    'is not a key of a template',
    () => checkout.message({ TEMPLATE_DATA: { money1: 'total_fee' } }),
  ],
  [
    `${IN_MESSAGE} TEMPLATE_DATA.amount1`,
    'cannot be filled with body',
    () => checkout.message({ TEMPLATE_DATA: { amount1: 'body' } }),
  ],
  [
    `${IN_MESSAGE} MINIPROGRAM_STATE`,
    'must be developer, trial or formal',
    () => checkout.message({ MINIPROGRAM_STATE: 'beta' }),
  ],
  [
    `${IN_MESSAGE} TEMPLATEID`,
    'is not a known setting',
    () => checkout.message({ TEMPLATEID: 'x' }),
  ],
  [
    IN_MESSAGE,
    'cannot be loaded (SyntaxError)',
    () => checkout.write(IN_MESSAGE, 'module.exports = {'),
  ],

  // The settings of functions and database
  ['cloudbaserc.json:1', 'is not JSON', () => checkout.write('cloudbaserc.json', '{')],
  [
    'cloudbaserc.json',
    'does not list pay-notify',
    () => settings(({ functions }) => functions.splice(2, 1)),
  ],
  ['cloudbaserc.json', 'pay has a timeout of 3 s', () => entry('pay', { timeout: 3 })],
  ['cloudbaserc.json', 'gives pay-reconcile 20 s', () => entry('pay-reconcile', { timeout: 20 })],
  ['cloudbaserc.json', 'runtime Nodejs8.9', () => entry('pay', { runtime: 'Nodejs8.9' })],
  ['cloudbaserc.json', 'handler index.handler', () => entry('pay', { handler: 'index.handler' })],
  [
    'cloudbaserc.json',
    'has the APIv2密钥 in the envVariables of pay',
    () => entry('pay', { envVariables: { WXPAY_KEY: KEY } }),
  ],
  [
    'cloudfunctions/pay-message/config.json',
    'does not ask for subscribeMessage.send',
    () => checkout.json('cloudfunctions/pay-message/config.json', (it) => delete it.permissions),
  ],
  ['cloudfunctions/pay-reconcile/config.json', 'has no timer', () => timers([])],
  [
    'cloudfunctions/pay-reconcile/config.json',
    'has 5 fields, not 7',
    () => timers([{ name: 'reconcile', type: 'timer', config: '* * * * *' }]),
  ],
  [
    'cloud/database/permissions.json',
    'documents of goods',
    () => permissions((it) => (it.goods.aclTag = 'READONLY')),
  ],
  [
    'cloud/database/permissions.json',
    'documents of orders',
    () => permissions((it) => (it.orders.rule.write = 'doc._openid == auth.openid')),
  ],
  [
    'cloud/database/permissions.json',
    'the orders of others',
    () => permissions((it) => (it.orders.rule.read = true)),
  ],
  [
    'cloud/database/permissions.json',
    'is missing',
    () => checkout.remove('cloud/database/permissions.json'),
  ],

  // Secrets in git
  [IN_PAY, 'is in git', () => checkout.git('add', '--force', IN_PAY)],
  ...['backup.p12', 'my.pem', 'my.key'].map((file): Planted => [
    file,
    'is not ignored by git',
    () => {
      checkout.write('.gitignore', 'cloudfunctions/*/config/*\n')
      checkout.write(file, 'secret')
    },
  ]),

  // What would be uploaded
  [
    'cloudfunctions/pay/index.js',
    'is not built',
    () => checkout.remove('cloudfunctions/pay/index.js'),
  ],
  [
    'cloudfunctions/pay-message/index.js',
    'is not what the present sources build into',
    () => checkout.write('cloudfunctions/pay-message/src/index.ts', 'export const main = () => 1'),
  ],
  [
    'cloudfunctions/pay-message/index.js',
    'cannot be built from the present sources',
    () => checkout.write('cloudfunctions/pay-message/src/index.ts', 'export const main = ='),
  ],
  [
    'cloudfunctions/pay-notify/config/index.js',
    'is not the same as cloudfunctions/pay/config/index.js',
    () => checkout.write('cloudfunctions/pay-notify/config/index.js', 'module.exports = {}'),
  ],
  [
    'cloudfunctions/pay-reconcile/config/apiclient_cert.p12',
    'is not the same as',
    () => checkout.remove('cloudfunctions/pay-reconcile/config/apiclient_cert.p12'),
  ],
  ...['apiclient_key.pem', 'my.key', 'old.p12', 'cert.zip'].map((file): Planted => [
    `cloudfunctions/pay/config/${file}`,
    'would be uploaded with the function',
    () => checkout.write(`cloudfunctions/pay/config/${file}`, 'secret'),
  ]),
  [
    'cloudfunctions/pay-notify/config/apiclient_key.pem',
    'would be uploaded with the function',
    () => checkout.write('cloudfunctions/pay-notify/config/apiclient_key.pem', 'secret'),
  ],
]

const WARNINGS: Planted[] = [
  [
    'cloudfunctions/pay/config/notes.txt',
    'which does not read it',
    () => checkout.write('cloudfunctions/pay/config/notes.txt', 'notes'),
  ],
  [`${PHONE} env`, 'is empty', () => checkout.phone('', [TEMPLATE_ID])],
  [
    `${PHONE} templateIds`,
    'has ids that no function sends',
    () => checkout.phone('shop-2gk5m1', [TEMPLATE_ID, OTHER_TEMPLATE]),
  ],
  [
    `${IN_PAY} NOTIFY_URL`,
    'does not end with /pay-notify',
    () => notifyAt('https://shop.cn/paynotify'),
  ],
  [`${IN_PAY} P12`, 'expires on 2027-06-01', () => ({ now: NOW + YEAR - 30 * DAY })],
  [
    IN_MESSAGE,
    'no messages are sent',
    () => {
      checkout.remove(IN_MESSAGE)
      checkout.phone('shop-2gk5m1', [])
    },
  ],
  [
    `${IN_MESSAGE} MINIPROGRAM_STATE`,
    'is trial',
    () => checkout.message({ MINIPROGRAM_STATE: 'trial' }),
  ],
  [
    'the environment',
    'has WXPAY_KEY, which no function reads',
    () => ({ environment: { WXPAY_KEY: KEY } }),
  ],
  ['git', 'does not run here', () => checkout.remove('.git')],
]

describe('a good configuration', () => {
  test('has nothing wrong in it', async () => {
    expect(await problems()).toEqual([])
  })

  test('may have files of the system beside it', async () => {
    checkout.write('cloudfunctions/pay/config/.DS_Store', '')
    expect(await problems()).toEqual([])
  })

  test.each(['backup.p12', 'my.pem', 'my.key'])('may have %s, which git ignores', async (file) => {
    checkout.write(file, 'secret')
    expect(await problems()).toEqual([])
  })

  test.each(ERRORS)('with one fault has one error: %s %s', async (where, problem, plant) => {
    expect(await problems(plant())).toEqual([found('error', where, problem)])
  })

  test.each(WARNINGS)(
    'with one doubtful value has one warning: %s %s',
    async (where, problem, plant) => {
      expect(await problems(plant())).toEqual([found('warning', where, problem)])
    },
  )
})
