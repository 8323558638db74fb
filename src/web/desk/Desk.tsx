import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { antTheme } from '#web/desk/antTheme.ts'
import { queries } from '#web/desk/queries.ts'
import { router } from '#web/desk/router.tsx'
import { Gate } from '#web/desk/session/Gate.tsx'

dayjs.locale('zh-cn')

export const Desk = () => (
  <ConfigProvider locale={zhCN} theme={antTheme} button={{ autoInsertSpace: false }}>
    <App>
      <QueryClientProvider client={queries}>
        <Gate>
          <RouterProvider router={router} />
        </Gate>
      </QueryClientProvider>
    </App>
  </ConfigProvider>
)
