"""Who publishes at this domain, and what is the paper's one name?

A table, because neither can be computed: 연합뉴스TV is not 연합뉴스 (yna.co.kr), MBN is
not 매일경제, mt.co.kr is 머니투데이. A line reads `name: domains | other; names`; a
sub-domain belongs to its parent unless it has a line of its own. Only domains known
for certain stand here: a wrong publisher is worse than none.
"""

from __future__ import annotations

from corpus.ingest.words import words

TABLE = """
경향신문: khan.co.kr khan.kr | 京鄕新聞; Kyunghyang Shinmun
국민일보: kmib.co.kr | Kukmin Ilbo
내일신문: naeil.com
동아일보: donga.com | 동아닷컴; 東亞日報; Dong-A Ilbo
문화일보: munhwa.com
서울신문: seoul.co.kr | 나우뉴스; Seoul Shinmun
세계일보: segye.com | 세계닷컴; Segye Ilbo
아시아투데이: asiatoday.co.kr
전국매일신문: jeonmae.co.kr
조선일보: chosun.com | 조선닷컴; 땅집고; 朝鮮日報; Chosun Ilbo; The Chosun Ilbo; The Chosunilbo
중앙일보: joongang.co.kr joins.com | 조인스; 中央日報; JoongAng Ilbo
천지일보: newscj.com
한겨레: hani.co.kr | 한겨레신문; 한겨레신문사; The Hankyoreh; Hankyoreh
한국일보: hankookilbo.com | 韓國日報; Hankook Ilbo
매일경제: mk.co.kr | 매경; 매경닷컴; 매일경제신문; Maeil Business Newspaper
머니투데이: mt.co.kr moneytoday.co.kr | 머투; Money Today; the300; 더300
서울경제: sedaily.com | 서울경제신문
아시아경제: asiae.co.kr | The Asia Business Daily
이데일리: edaily.co.kr
이투데이: etoday.co.kr
파이낸셜뉴스: fnnews.com
한국경제: hankyung.com | 한국경제신문; 한경; 한경닷컴; The Korea Economic Daily
헤럴드경제: heraldcorp.com | 헤럴드; Herald Business
코리아헤럴드: koreaherald.com | The Korea Herald; Korea Herald
코리아타임스: koreatimes.co.kr | The Korea Times; Korea Times; 코리아타임즈
코리아중앙데일리: koreajoongangdaily.joins.com | Korea JoongAng Daily
조선비즈: biz.chosun.com chosunbiz.com | ChosunBiz; 조선비즈닷컴
비즈니스워치: bizwatch.co.kr
비즈니스포스트: businesspost.co.kr
비즈한국: bizhankook.com
더벨: thebell.co.kr
더스쿠프: thescoop.co.kr
뉴스핌: newspim.com
뉴스토마토: newstomato.com
메트로신문: metroseoul.co.kr
브릿지경제: viva100.com
아주경제: ajunews.com
에너지경제: ekn.kr
이코노미스트: economist.co.kr
조세일보: joseilbo.com
프라임경제: newsprime.co.kr
한국금융신문: fntimes.com
CEO스코어데일리: ceoscoredaily.com
EBN: ebn.co.kr | EBN산업경제
연합뉴스: yna.co.kr yonhapnews.co.kr | Yonhap News Agency; Yonhap News; Yonhap; 연합뉴스통신; 연합
뉴시스: newsis.com | Newsis; 공감언론 뉴시스; 뉴시스통신사; 공감언론 뉴시스통신사
뉴스1: news1.kr | News1; 뉴스원; 뉴스1코리아
연합인포맥스: einfomax.co.kr
연합뉴스TV: yonhapnewstv.co.kr | Yonhap News TV; 연합뉴스 TV
KBS: kbs.co.kr | KBS 뉴스; KBS NEWS; 한국방송; 한국방송공사
MBC: imbc.com | MBC NEWS; MBC 뉴스; iMBC; 문화방송; imnews; iMBC 연예
SBS: sbs.co.kr | SBS NEWS; SBS 뉴스; 서울방송
SBS Biz: biz.sbs.co.kr sbsbiz.co.kr | SBS CNBC
JTBC: jtbc.co.kr | JTBC NEWS; JTBC 뉴스
MBN: mbn.co.kr | 매일방송; MBN 뉴스; MBN NEWS
YTN: ytn.co.kr | YTN NEWS; YTN 뉴스; 와이티엔
YTN라디오: ytnradio.kr
TV조선: tvchosun.com | TV CHOSUN; TV조선 뉴스
채널A: ichannela.com | 채널A 뉴스; CHANNEL A
EBS: ebs.co.kr
OBS: obsnews.co.kr obs.co.kr | OBS경인TV
한국경제TV: wowtv.co.kr
노컷뉴스: nocutnews.co.kr | CBS노컷뉴스; CBS 노컷뉴스; 노컷뉴스CBS; CBS
BBS NEWS: bbsi.co.kr | 불교방송
CPBC: cpbc.co.kr | 가톨릭평화방송
TBS: tbs.seoul.kr
아리랑TV: arirang.com
KNN: knn.co.kr
TBC: tbc.co.kr
KBC: ikbc.co.kr | KBC광주방송
TJB: tjb.co.kr | TJB대전방송
JTV: jtv.co.kr | JTV전주방송
CJB: cjb.co.kr | CJB청주방송
G1방송: g1tv.co.kr | G1
UBC: ubc.co.kr | ubc울산방송; 울산방송
JIBS: jibs.co.kr | JIBS 제주방송; 제주방송
KCTV제주방송: kctvjeju.com
국제신문: kookje.co.kr
부산일보: busan.com
경남신문: knnews.co.kr
경남도민일보: idomin.com
경남일보: gnnews.co.kr
경북일보: kyongbuk.co.kr
경북매일: kbmaeil.com
경북도민일보: hidomin.com
경상일보: ksilbo.co.kr
울산매일: iusm.co.kr
울산제일일보: ujeil.com
매일신문: imaeil.com
영남일보: yeongnam.com
대구일보: idaegu.com
대구신문: idaegu.co.kr
강원일보: kwnews.co.kr
강원도민일보: kado.net
경기일보: kyeonggi.com
경기신문: kgnews.co.kr
경인일보: kyeongin.com
기호일보: kihoilbo.co.kr
인천일보: incheonilbo.com
중부일보: joongboo.com
인천투데이: incheontoday.com
광주일보: kwangju.co.kr
광주매일신문: kjdaily.com
남도일보: namdonews.com
무등일보: mdilbo.com
전남일보: jnilbo.com
전남매일: jndn.com
전북일보: jjan.kr
전북도민일보: domin.co.kr
새전북신문: sjbnews.com
전라일보: jeollailbo.com
전민일보: jeonmin.co.kr
대전일보: daejonilbo.com
중도일보: joongdo.co.kr
충청투데이: cctoday.co.kr
금강일보: ggilbo.com
충북일보: inews365.com
충청일보: ccdailynews.com
중부매일: jbnews.com
동양일보: dynews.co.kr
충청신문: dailycc.net
굿모닝충청: goodmorningcc.com
디트뉴스24: dtnews24.com
제민일보: jemin.com
제주일보: jejunews.com
한라일보: ihalla.com
제주의소리: jejusori.net
미디어제주: mediajeju.com
헤드라인제주: headlinejeju.co.kr
뉴스제주: newsjeju.net
디지털타임스: dt.co.kr
디지털데일리: ddaily.co.kr
디지털투데이: digitaltoday.co.kr
전자신문: etnews.com | ETNEWS
아이뉴스24: inews24.com
지디넷코리아: zdnet.co.kr | ZDNet Korea
블로터: bloter.net
테크M: techm.kr
테크월드: epnc.co.kr
보안뉴스: boannews.com
IT조선: it.chosun.com
IT동아: it.donga.com
바이라인네트워크: byline.network
플래텀: platum.kr
벤처스퀘어: venturesquare.net
인공지능신문: aitimes.kr
AI타임스: aitimes.com
전기신문: electimes.com
로봇신문: irobotnews.com
동아사이언스: dongascience.com
사이언스타임즈: sciencetimes.co.kr
헬로디디: hellodd.com
데일리안: dailian.co.kr
뉴데일리: newdaily.co.kr
뉴스타파: newstapa.org
뉴스웍스: newsworks.co.kr
뉴스퀘스트: newsquest.co.kr
뉴스인사이드: newsinside.kr
뉴스포스트: newspost.kr
더팩트: tf.co.kr
더피알: the-pr.co.kr
머니S: moneys.co.kr moneys.mt.co.kr | MoneyS
미디어오늘: mediatoday.co.kr
미디어스: mediaus.co.kr
민중의소리: vop.co.kr
시사인: sisain.co.kr | 시사IN
시사저널: sisajournal.com
시사저널e: sisajournal-e.com
시사위크: sisaweek.com
시사오늘: sisaon.co.kr
신동아: shindonga.donga.com
주간조선: weekly.chosun.com
월간조선: monthly.chosun.com
주간동아: weekly.donga.com
주간경향: weekly.khan.co.kr
한겨레21: h21.hani.co.kr
일요신문: ilyo.co.kr
일요시사: ilyosisa.co.kr
오마이뉴스: ohmynews.com
프레시안: pressian.com
쿠키뉴스: kukinews.com
위키트리: wikitree.co.kr
인사이트: insight.co.kr
허프포스트코리아: huffingtonpost.kr
여성신문: womennews.co.kr
기자협회보: journalist.or.kr
대학신문: snunews.com
한국대학신문: unn.net
교수신문: kyosu.net
법률신문: lawtimes.co.kr
법률저널: lec.co.kr
법보신문: beopbo.com
불교신문: ibulgyo.com
현대불교: hyunbulnews.com
기독신문: kidok.com
뉴스앤조이: newsnjoy.or.kr
크리스천투데이: christiantoday.co.kr
가톨릭신문: catholictimes.org
가톨릭뉴스 지금여기: catholicnews.co.kr
청년의사: docdocdoc.co.kr
메디칼타임즈: medicaltimes.com
메디게이트뉴스: medigatenews.com
데일리메디: dailymedi.com
의협신문: doctorsnews.co.kr
약업신문: yakup.com
데일리팜: dailypharm.com
히트뉴스: hitnews.co.kr
코메디닷컴: kormedi.com
헬스조선: health.chosun.com
하이닥: hidoc.co.kr
후생신보: whosaeng.com
농민신문: nongmin.com
한국농어민신문: agrinet.co.kr
농수축산신문: aflnews.co.kr
환경일보: hkbs.co.kr
국방일보: kookbang.dema.mil.kr
국방신문: gukbangnews.com
참여와혁신: laborplus.co.kr
매일노동뉴스: labortoday.co.kr
에이블뉴스: ablenews.co.kr
비마이너: beminor.com
단비뉴스: danbinews.com
데일리NK: dailynk.com
통일뉴스: tongilnews.com
자유아시아방송: rfa.org | RFA
스포츠조선: sportschosun.com
스포츠동아: sports.donga.com sportsdonga.com
스포츠서울: sportsseoul.com
스포츠경향: sports.khan.co.kr
스포츠월드: sportsworldi.com
스포츠한국: sports.hankooki.com sportshankook.co.kr
스포츠투데이: stoo.com
스포티비뉴스: spotvnews.co.kr | SPOTV NEWS
일간스포츠: isplus.com isplus.joins.com
OSEN: osen.co.kr
마이데일리: mydaily.co.kr
엑스포츠뉴스: xportsnews.com
텐아시아: tenasia.co.kr
뉴스엔: newsen.com
조이뉴스24: joynews24.com
스타뉴스: starnewskorea.com star.mt.co.kr
티브이데일리: tvdaily.co.kr
톱스타뉴스: topstarnews.net
풋볼리스트: footballist.co.kr
인터풋볼: interfootball.co.kr
베스트일레븐: besteleven.com
점프볼: jumpball.co.kr
바스켓코리아: basketkorea.com
씨네21: cine21.com
맥스무비: maxmovie.com
게임메카: gamemeca.com
인벤: inven.co.kr
디스이즈게임: thisisgame.com
데일리e스포츠: dailyesports.com
MK스포츠: mksports.co.kr
토큰포스트: tokenpost.kr
블록미디어: blockmedia.co.kr
코인데스크코리아: coindeskkorea.com
오토헤럴드: autoherald.co.kr
모터그래프: motorgraph.com
세계비즈: segyebiz.com
SBS연예뉴스: ent.sbs.co.kr
글로벌이코노믹: g-enews.com
시민일보: siminilbo.co.kr
메가경제: megaeconomy.co.kr
매일일보: m-i.kr
뉴스웨이: newsway.co.kr
펜앤드마이크: pennmike.com
국제뉴스: gukjenews.com
브레이크뉴스: breaknews.com
신아일보: shinailbo.co.kr
시대: sidae.com
MTN: mtn.co.kr | 머니투데이방송
부산MBC: busanmbc.co.kr
대구MBC: dgmbc.com
광주MBC: kjmbc.co.kr
전주MBC: jmbc.co.kr
대전MBC: tjmbc.co.kr
춘천MBC: chmbc.co.kr
울산MBC: usmbc.co.kr
여수MBC: ysmbc.co.kr
안동MBC: andongmbc.co.kr
포항MBC: phmbc.co.kr
제주MBC: jejumbc.com
목포MBC: mpmbc.co.kr
MBC경남: mbcgn.kr
원주MBC: wjmbc.co.kr
MBC강원영동: mbceg.co.kr
MBC충북: mbccb.co.kr
대한경제: dnews.co.kr
건설경제: cnews.co.kr
국토일보: ikld.kr
한국섬유신문: ktnews.com
어패럴뉴스: apparelnews.co.kr
물류신문: klnews.co.kr
식품음료신문: thinkfood.co.kr
식품저널: foodnews.co.kr
한국보험신문: insnews.co.kr
정책브리핑: korea.kr | 대한민국 정책브리핑
"""

# Hosts that carry other publishers' articles: they are never the publisher.
PORTALS = words(
    "naver.com daum.net kakao.com nate.com zum.com msn.com google.com yahoo.com "
    "bing.com pann.nate.com tistory.com facebook.com"
)
PORTAL_NAMES = words(
    "네이버 네이버뉴스 naver naver뉴스 다음 다음뉴스 daum 미디어다음 네이트 네이트뉴스 줌뉴스 줌 "
    "카카오 msn msn뉴스 구글뉴스"
)  # without spaces, lower case
