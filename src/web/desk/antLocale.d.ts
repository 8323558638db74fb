/** Ant Design ships this as an ES module that TypeScript takes for CommonJS; the bundler finds it without the extension. */
declare module 'antd/es/locale/zh_CN' {
  import type { ConfigProviderProps } from 'antd'

  const locale: NonNullable<ConfigProviderProps['locale']>
  export default locale
}
