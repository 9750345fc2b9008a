import path from 'node:path'
import { readGoods } from '../../../../project/goods'
import type { Fen, Goods } from '../../../../typings/contract'
import { project } from '../../../support/project'

/** The folder of the pictures, which are stored under `goods/` in the cloud storage. */
export const PICTURES = path.join(__dirname, '..', '..', '..', '..', 'cloud', 'storage')
/** The cloud storage of the pictures. */
export const CLOUD_STORAGE = { envId: 'sample', bucket: 'bucket' }

const STORAGE = `cloud://${CLOUD_STORAGE.envId}.${CLOUD_STORAGE.bucket}/`

/** ¥99,999.99: the largest price that must fit */
export const LARGE = 9_999_999 as Fen

const own = readGoods(project.root)

/** 25 goods, more than a page of 20: the shop's own, and copies of them with long texts. */
export const GOODS: Goods[] = Array.from({ length: 25 }, (_, index) => {
  const product = own[index % own.length]!
  const _id = `goods-${String(index).padStart(2, '0')}`
  const picture = STORAGE + product.picture
  return index < own.length ? { ...product, _id, picture } : long({ ...product, _id, picture })
})

/** Makes the texts of a product long; every other picture is missing. */
function long(product: Goods): Goods {
  const { _id, name, description, picture } = product
  return {
    _id,
    name: `${name}家庭分享装（二十四枚，附保温袋）`,
    description: `${description}。${description}。`,
    price: LARGE,
    picture: Number(_id.slice(-1)) % 2 === 0 ? picture : `${STORAGE}goods/missing.png`,
  }
}
