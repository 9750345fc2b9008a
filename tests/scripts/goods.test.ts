import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../../typings/contract'

const cloud = path.resolve(__dirname, '..', '..', 'cloud')
const lines = readFileSync(path.join(cloud, 'database', 'goods.json'), 'utf8')
  .trimEnd()
  .split('\n')
const goods = lines.map((line) => JSON.parse(line) as Goods)
const each = goods.map((item) => [item._id, item] as const)

/** `goods/x.png` names `cloud/storage/x.png`. */
function pictureFile(picture: string): string {
  return path.join(cloud, 'storage', path.posix.relative('goods', picture))
}

/** Width and height in pixels, from the IHDR chunk that opens every PNG (PNG specification, 11.2.2). */
function pngSize(png: Buffer): { width: number; height: number } {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect(png.toString('latin1', 12, 16)).toBe('IHDR')
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

describe('the goods', () => {
  test('are at least five', () => {
    expect(goods.length).toBeGreaterThanOrEqual(5)
  })

  test('have unique ids', () => {
    expect(new Set(goods.map((item) => item._id)).size).toBe(goods.length)
  })

  test('begin with a product for one fen', () => {
    expect(goods[0]).toMatchObject({ name: '鸡蛋干', price: 1 })
  })
})

describe.each(each)('%s', (_id, item) => {
  test('has the fields of a product and no others', () => {
    expect(Object.keys(item).sort()).toEqual(['_id', 'description', 'name', 'picture', 'price'])
  })

  test('costs a whole number of fen, at least one', () => {
    expect(Number.isSafeInteger(item.price) && item.price >= 1).toBe(true)
  })

  test('has a name that fits a card and the body of an order, 128 bytes', () => {
    expect(item.name.length).toBeGreaterThan(0)
    expect(item.name.length).toBeLessThanOrEqual(20)
    expect(Buffer.byteLength(item.name)).toBeLessThanOrEqual(128)
  })

  test('is described in at most 40 characters', () => {
    expect(item.description.length).toBeGreaterThan(0)
    expect(item.description.length).toBeLessThanOrEqual(40)
  })

  test('has a picture in the storage', () => {
    expect(item.picture).toMatch(/^goods\/[a-z]+\.png$/)
    expect(existsSync(pictureFile(item.picture))).toBe(true)
  })
})

describe.each(readdirSync(path.join(cloud, 'storage')))('the picture %s', (file) => {
  const png = readFileSync(path.join(cloud, 'storage', file))

  test('is a PNG of 3:2', () => {
    const { width, height } = pngSize(png)
    expect(width * 2).toBe(height * 3)
  })

  test('weighs at most 40 KB', () => {
    expect(png.length).toBeLessThanOrEqual(40 * 1024)
  })

  test('shows a product', () => {
    expect(goods.map((item) => item.picture)).toContain(`goods/${file}`)
  })
})

test.each(readdirSync(path.join(cloud, 'pictures')))('the drawing %s was exported', (file) => {
  const { name, ext } = path.parse(file)
  expect(ext).toBe('.svg')
  expect(existsSync(path.join(cloud, 'storage', `${name}.png`))).toBe(true)
})
