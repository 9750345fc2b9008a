import type { Tag } from './wxml-tags'

/** What may stand before the first node of a page without being a node. */
const NO_NODE = ['import', 'wxs']

/**
 * `<page-meta>` that WeChat would not heed: it says something of the page, and so is the first node
 * of a page's own template (WeChat's reference of page-meta).
 */
export function findMisplacedPageMeta(tags: Tag[], isPage: boolean) {
  const first = tags.find(({ name }) => !NO_NODE.includes(name))
  return tags
    .filter((tag) => tag.name === 'page-meta' && !(isPage && tag === first))
    .map(({ offset }) => ({ offset, text: '<page-meta> must be the first node of a page' }))
}
