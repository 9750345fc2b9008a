import { readCheckout } from '../../../scripts/setup-cloud/checkout'
import { setupCloud } from '../../../scripts/setup-cloud/command'
import { ENV } from '../../support/cloud-stand-in/set-up'
import { ProjectCopy } from '../verify/project-copy'

const APPID = 'wxd930ea5d5a258f4f'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
  copy.json('project.config.json', (it) => (it.appid = APPID))
})
afterEach(() => copy.destroy())

const read = () => readCheckout(copy.folder)

test('a checkout with an AppID of its own can go to the cloud', async () => {
  expect((await read()).appid).toBe(APPID)
})

test('pictures of every kind are uploaded', async () => {
  copy.write('cloud/storage/tea.jpg', '')
  const { folder } = await read()
  expect(folder.pictures.map(({ cloudPath }) => cloudPath)).toContain('goods/tea.jpg')
})

test.each<[string, () => void, RegExp]>([
  [
    'touristappid',
    () => copy.json('project.config.json', (it) => (it.appid = 'touristappid')),
    /project\.config\.json appid: is touristappid, which has no cloud/,
  ],
  [
    'a broken project.config.json',
    () => copy.write('project.config.json', '{'),
    /project\.config\.json: is not JSON/,
  ],
  ['no goods.json', () => copy.remove('cloud/database/goods.json'), /goods\.json: is missing/],
  [
    'goods that pay does not sell',
    () => copy.append('cloud/database/goods.json', '{"price":0.5}\n'),
    /goods\.json:13: price is no whole number of fen/,
  ],
  [
    'permissions that are not safe',
    () => copy.json('cloud/database/permissions.json', (it) => (it.goods.aclTag = 'READONLY')),
    /permissions\.json: a phone may create/,
  ],
  ['no indexes', () => copy.remove('cloud/database/indexes.json'), /indexes\.json: is missing/],
])('%s cannot, and nothing was changed', async (_what, plant, says) => {
  plant()
  await expect(read()).rejects.toThrow(says)
  await expect(read()).rejects.toThrow(/Nothing was changed in the cloud\.$/)
})

test.each([[], ['--dry-run']])(
  'goods that WeChat Pay cannot be sent are refused before anything is asked of the cloud (%s)',
  async (...args) => {
    const bell = { _id: 'bell', name: '铃\u0007铛', description: '响', price: 1 }
    const goods = { ...bell, picture: 'goods/lvcha.png' }
    copy.append('cloud/database/goods.json', `${JSON.stringify(goods)}\n`)
    const printed: string[] = []
    // nothing listens there: to ask it anything would be one more line
    const nowhere = 'http://127.0.0.1:1'
    const code = await setupCloud({
      args,
      env: ENV,
      checkout: read,
      print: (line) => void printed.push(line),
      urls: { management: nowhere, service: nowhere },
    })
    expect(code).toBe(1)
    expect(printed.join('\n').split('\n')).toEqual([
      '✗ cloud/database/goods.json:13: name of "bell" has U+0007, which cannot be sent to WeChat Pay',
      '    → delete from the name what JSON may write as \\u0007',
      'Nothing was changed in the cloud.',
    ])
  },
)
