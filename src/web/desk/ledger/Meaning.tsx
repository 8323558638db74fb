import { verifierPath } from '#contract/ledger.ts'

const proves = [
  '写进存证的每一条记录，从那以后一个字都没有改过；改了、抽走了、插进了、把日期提前了，都查得出，而且说得出是哪一条。',
  '系统最迟在什么时候收到了这条记录。矿上报没报、什么时候报的，有回执为凭。',
  '有联署方、钉住快照的浏览器或者贴出来的存证单在，连管理服务器、拿着签名钥匙的人也不能悄悄换一本账。',
]

const doesNotProve = [
  '不证明写进来的是真话。挪动过的传感器、摆拍的照片，写进来以前就是假的，这里看不出。',
  '不证明该写的都写了。没有报的隐患，存证里不会有；以后的更正、复查各是一条新记录。',
  '签名钥匙和全部联署方串通，又没有人留着以前的快照，就看不出。所以联署要由别的单位来做，存证单要贴在墙上。',
  '收到时间按服务器的时钟；现场什么时候发生的，由填报的人负责。',
]

/** What the log is good for and what it is not, for somebody who has never heard of a hash. */
export const Meaning = () => (
  <>
    <section aria-labelledby="proves">
      <h2 id="proves">它证明什么</h2>
      <ul className="plain-list">
        {proves.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
    <section aria-labelledby="does-not-prove">
      <h2 id="does-not-prove">它证明不了什么</h2>
      <ul className="plain-list">
        {doesNotProve.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
    <section aria-labelledby="check-yourself" className="no-print">
      <h2 id="check-yourself">自己核验</h2>
      <ol className="plain-list numbered">
        <li>在隐患页面按“下载证明”，得到一个存证文件；或者拿一张打印的存证单。</li>
        <li>
          打开<a href={verifierPath}>核验页</a>，放进文件，或者存证单的照片。马上说明有没有改过。
        </li>
        <li>
          信不过这台服务器的，把
          <a href={verifierPath} download="存证核验.html">
            核验页存下来
          </a>
          ，换一台机器、不联网打开；先比一比公钥指纹与公示栏上的一样不一样。
        </li>
        <li>
          懂技术的，可以用任何支持 <code>C2SP tlog-tiles</code> 格式的第三方工具，核对 <code>/log/</code>{' '}
          下公开的快照和校验值。
        </li>
      </ol>
    </section>
  </>
)
