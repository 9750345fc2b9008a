import type { CloudFolder } from './checkout'
import { describeIndex } from './indexes'

/** Returns the lines of what the cloud should have by a checkout, whatever the cloud has. */
export function planLines({ permissions, indexes, pictures, goods }: CloudFolder): string[] {
  const parts: Record<string, string[]> = {
    Collections: Object.keys(permissions),
    Permissions: Object.entries(permissions).map(([name, { aclTag, rule }]) =>
      [name, aclTag, ...(rule === undefined ? [] : [JSON.stringify(rule)])].join(' '),
    ),
    Indexes: Object.entries(indexes).flatMap(([name, list]) =>
      list.map((fields) => describeIndex(name, fields)),
    ),
    Pictures: pictures.map(({ cloudPath }) => cloudPath),
    Goods: goods.map(({ _id, name, price }) => `${_id}: ${name} ¥${(price / 100).toFixed(2)}`),
  }
  return Object.entries(parts).flatMap(([title, lines]) => [
    title,
    ...lines.map((line) => `  ${line}`),
  ])
}
