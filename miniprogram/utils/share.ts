/** The card that every page shares: the goods list. An order is nobody else's business. */
export const shareShop = () => ({ title: '小店：今天想买点什么？', path: '/pages/pay-list/index' })
