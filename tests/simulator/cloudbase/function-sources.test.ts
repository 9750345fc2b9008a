import path from 'node:path'
import { bundleFunction } from '../../../project/functions'
import { smallProject } from '../../support/small-project'
import { functionConfig, useCloudBase } from './support'

const SOURCE = `class Order {
  get price(): number {
    throw new RangeError('no price')
  }
}

export function main() {
  try {
    return new Order().price
  } catch (error) {
    const [, frame] = (error as Error).stack!.split('\\n')
    console.log(JSON.stringify({ why: frame!.replace(/.*[\\\\/]/, 'at ').replace(')', '') }))
    throw error
  }
}
`
const shop = smallProject(SOURCE)
const bundle = path.join(shop.root, 'bundle', 'index.js')
beforeAll(() => bundleFunction(shop, 'shop', bundle))
afterAll(() => shop.remove())

const { running, log } = useCloudBase({ functions: { shop: functionConfig({ file: bundle }) } })

test('the log names the source line of an error, not the place in the bundle', async () => {
  const call = running.cloudbase.functions.invoke('shop', {}, {})
  await expect(call).rejects.toThrow('RangeError: no price')
  const texts = log.map(({ text }) => text)
  const source = path.join(shop.cloudfunctionRoot, 'shop', 'src', 'index.ts')
  expect(texts).toContainEqual(`{"why":"at ${source}:3:11"}`)
  expect(texts).toContainEqual(expect.stringContaining(`(${source}:3:11)`))
  expect(texts.join('\n')).not.toContain('index.js')
})
