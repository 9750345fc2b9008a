import { readCheckout, readPlan } from '../../../../scripts/cloud/setup/checkout'
import { setupCloud } from '../../../../scripts/cloud/setup/command'
import { SETUP_CLOUD, setupOptions } from '../../../../scripts/cloud/setup/options'
import { readArguments } from '../../../../scripts/command-line/command'
import { ENV } from '../../../support/fake-cloud/set-up'
import { ProjectCopy } from '../../checks/project-copy'

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

test('what the cloud should have can be shown without an AppID, but not with wrong goods', async () => {
  copy.json('project.config.json', (it) => (it.appid = 'touristappid'))
  expect((await readPlan(copy.folder)).goods).toHaveLength(12)
  copy.append('cloud/database/goods.json', '{"price":0.5}\n')
  await expect(readPlan(copy.folder)).rejects.toThrow('price is not a whole number of fen')
})

/** Runs setup:cloud. Nothing listens at its address: a call would print an error. */
async function setUp(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const printed: string[] = []
  const code = await setupCloud({
    options: setupOptions(readArguments(SETUP_CLOUD, args, {}).values),
    env: ENV,
    checkout: read,
    plan: () => readPlan(copy.folder),
    print: (line) => void printed.push(line),
    urls: { management: 'http://127.0.0.1:1', service: 'http://127.0.0.1:1' },
  })
  return { code, lines: printed.join('\n').split('\n') }
}

test.each<[string, () => void, RegExp]>([
  [
    'touristappid',
    () => copy.json('project.config.json', (it) => (it.appid = 'touristappid')),
    /^✗ project\.config\.json appid: is touristappid, which has no cloud/,
  ],
  [
    'a broken project.config.json',
    () => copy.write('project.config.json', '{'),
    /^✗ project\.config\.json:1: is not JSON/,
  ],
  [
    'no goods.json',
    () => copy.remove('cloud/database/goods.json'),
    /^✗ cloud\/database\/goods\.json: is missing/,
  ],
  [
    'goods that pay does not sell',
    () => copy.append('cloud/database/goods.json', '{"price":0.5}\n'),
    /^✗ cloud\/database\/goods\.json:13: price is not a whole number of fen/,
  ],
  [
    'permissions that are not safe',
    () => copy.json('cloud/database/permissions.json', (it) => (it.goods.aclTag = 'READONLY')),
    /^✗ cloud\/database\/permissions\.json: a phone may create/,
  ],
  [
    'no indexes',
    () => copy.remove('cloud/database/indexes.json'),
    /^✗ cloud\/database\/indexes\.json: is missing/,
  ],
])('%s cannot go to the cloud, and nothing is changed', async (_what, plant, says) => {
  plant()
  const { code, lines } = await setUp()
  expect(lines).toContainEqual(expect.stringMatching(says))
  expect(lines.at(-1)).toBe('Nothing was changed in the cloud.')
  expect(code).toBe(1)
})

test.each([[], ['--dry-run']])(
  'goods whose name cannot be sent to WeChat Pay are refused before the cloud is called (%s)',
  async (...args) => {
    const bell = { _id: 'bell', name: '铃\u0007铛', description: '响', price: 1 }
    const goods = { ...bell, picture: 'goods/lvcha.png' }
    copy.append('cloud/database/goods.json', `${JSON.stringify(goods)}\n`)
    const { code, lines } = await setUp(...args)
    expect(code).toBe(1)
    expect(lines).toEqual([
      '✗ cloud/database/goods.json:13: name of "bell" has U+0007, which cannot be sent to WeChat Pay',
      '    → delete from the name what JSON may write as \\u0007',
      'Nothing was changed in the cloud.',
    ])
  },
)
