namespace Syrinx.Data.Corpus.Language;

/// <summary>
/// Traditional or Simplified: counts characters that only one of the two standards writes. The pairs are common characters whose
/// simplification is a different code point that Traditional text does not use; 后, 里, 干, 台, 只 and the like stand in both and
/// are left out. Thread-safe.
/// </summary>
internal static class ChineseScript
{
    // Simplified, Traditional, Simplified, Traditional, …
    private const string Pairs =
        "们們个個来來时時说說对對为為这這国國会會过過还還发發没沒从從学學长長见見进進动動开開关關问問间間门門车車书書东東马馬鸟鳥鱼魚龙龍乐樂业業严嚴丧喪临臨丽麗举舉义義乌烏习習乡鄉买買乱亂亏虧亚亞产產亲親亿億仅僅仓倉价價众眾优優伙夥伟偉传傳伤傷伦倫" +
        "伪偽体體余餘侠俠侣侶侦偵侧側侨僑俩倆债債倾傾储儲儿兒党黨兰蘭兴興养養兽獸内內冈岡册冊写寫军軍农農冲衝决決况況冻凍净淨凉涼减減凑湊几幾凤鳳凭憑凯凱击擊凿鑿刘劉则則刚剛创創删刪别別刽劊剂劑剑劍剧劇劝勸办辦务務劲勁劳勞势勢匀勻区區医醫华華协協单單" +
        "卖賣卢盧卫衛却卻厂廠厅廳历歷压壓厌厭厕廁县縣参參双雙变變叙敘叠疊号號叹嘆吓嚇吕呂吗嗎听聽启啟员員呛嗆呜嗚咏詠响響哑啞哗嘩唤喚啸嘯喷噴嘱囑团團园園围圍图圖圆圓圣聖场場坏壞块塊坚堅坛壇坝壩坟墳垒壘垦墾墙牆壮壯声聲壳殼处處备備复復够夠头頭夸誇夹夾" +
        "夺奪奋奮奖獎妆妝妇婦妈媽姗姍娄婁娇嬌婴嬰孙孫宁寧宝寶实實宠寵审審宪憲宫宮宽寬宾賓寝寢寻尋导導寿壽将將尔爾尘塵尝嘗层層岁歲岂豈岗崗岛島峡峽币幣帅帥师師帐帳带帶帮幫库庫应應庙廟庞龐废廢张張弥彌弯彎弹彈强強归歸录錄彻徹径徑忆憶忧憂怀懷态態怜憐总總" +
        "恋戀恳懇恶惡恼惱悬懸惊驚惧懼惨慘惩懲惯慣愤憤愿願懒懶戏戲战戰户戶扑撲执執扩擴扫掃扬揚扰擾抚撫抛拋抢搶护護报報担擔拟擬拢攏拣揀拥擁拦攔择擇挂掛挡擋挣掙挤擠挥揮捞撈损損换換捣搗据據掷擲摄攝摆擺摇搖撑撐敌敵数數斋齋断斷无無旧舊显顯晒曬晓曉晕暈暂暫" +
        "术術机機杀殺杂雜权權条條杨楊极極构構枢樞枪槍柜櫃标標栈棧栋棟栏欄树樹样樣桥橋桩樁档檔检檢楼樓横橫欢歡欧歐残殘殴毆毁毀毕畢汇匯汉漢汤湯沟溝沧滄沪滬泪淚泼潑泽澤洁潔浅淺浆漿浇澆测測济濟浓濃涂塗涛濤润潤涨漲渊淵渐漸渔漁湾灣湿濕满滿滚滾滞滯滤濾滨濱" +
        "潜潛灭滅灯燈灵靈灾災灿燦炉爐点點炼煉烂爛烛燭烟煙烦煩烧燒热熱爱愛爷爺牵牽牺犧犹猶狱獄独獨狮獅猎獵猪豬猫貓献獻玛瑪环環现現琐瑣电電画畫畅暢疗療疮瘡疯瘋痒癢盏盞盐鹽监監盖蓋盘盤着著矫矯矿礦码碼砖磚础礎硕碩确確碍礙礼禮祸禍离離种種积積称稱税稅稳穩" +
        "穷窮窃竊窍竅窝窩竖豎竞競笔筆笼籠筑築签簽简簡粮糧紧緊红紅约約级級纪紀纯純纲綱纳納纵縱纷紛纸紙纺紡纽紐线線练練组組细細织織终終绍紹经經绑綁结結绕繞绘繪给給络絡绝絕统統继繼绩績绪緒续續绳繩维維绵綿综綜绿綠缓緩编編缘緣缩縮缴繳网網罗羅罚罰罢罷羡羨" +
        "职職联聯聪聰肃肅肠腸肤膚肾腎肿腫胀脹胁脅胜勝胶膠脉脈脏臟脑腦脚腳脱脫脸臉腊臘腻膩腾騰舆輿舰艦舱艙艰艱艳艷艺藝节節芦蘆苍蒼苏蘇苹蘋范範茎莖荐薦荣榮药藥莲蓮获獲莹瑩营營萧蕭萨薩葱蔥蒋蔣蓝藍虑慮虚虛虫蟲虽雖虾蝦蚀蝕蚁蟻蚂螞蛮蠻补補衬襯袄襖装裝观觀" +
        "规規视視览覽觉覺触觸誉譽计計订訂认認讨討让讓训訓议議讯訊记記讲講许許论論设設访訪证證评評识識诉訴诊診词詞译譯试試诗詩诚誠话話诞誕询詢该該详詳语語误誤诱誘请請诸諸读讀课課谁誰调調谅諒谈談谊誼谋謀谓謂谜謎谢謝谣謠谦謙谨謹谱譜贝貝贞貞负負财財责責" +
        "贤賢败敗货貨质質贩販贪貪贫貧购購贯貫贴貼贵貴贷貸贸貿费費贺賀贼賊资資赏賞赐賜赔賠赖賴赚賺赛賽赞贊赢贏赶趕趋趨跃躍践踐踪蹤躯軀轨軌转轉轮輪软軟轰轟轻輕载載较較辅輔辆輛辈輩辉輝输輸辞辭边邊辽遼达達迁遷运運违違连連迟遲适適选選逊遜递遞逻邏遗遺邓鄧" +
        "邮郵邻鄰郑鄭酱醬酿釀释釋鉴鑑针針钉釘钓釣钟鐘钢鋼钥鑰钱錢钻鑽铁鐵铃鈴铅鉛铜銅铝鋁银銀铺鋪链鏈销銷锁鎖锅鍋错錯键鍵锦錦锻鍛镇鎮镜鏡闪閃闭閉闯闖闲閒闷悶闹鬧闻聞阅閱阔闊队隊阳陽阴陰阵陣阶階际際陆陸陈陳险險随隨隐隱难難雾霧韩韓页頁顶頂项項顺順须須" +
        "顾顧顿頓预預领領颇頗频頻颗顆题題颜顏额額风風飞飛饥飢饭飯饮飲饰飾饱飽饼餅饿餓馆館馈饋驱驅驳駁驶駛驻駐驾駕骂罵验驗骑騎骗騙骚騷骤驟鲁魯鲜鮮鸡雞鸣鳴鸭鴨鹅鵝鹰鷹麦麥黄黃齐齊龄齡龟龜么麼什甚贱賤赌賭闺閨闸閘鸿鴻鲍鮑鲸鯨钞鈔锐銳铲鏟镰鐮缠纏纠糾纹紋" +
        "绒絨绢絹绣繡绰綽绷繃缅緬缎緞缚縛缝縫缤繽聋聾肮骯胧朧胆膽脓膿茧繭荆荊荧熒莱萊萝蘿蔷薔蕴蘊蚕蠶蛰蟄蜗蝸蝇蠅袭襲裤褲觅覓讥譏讪訕讽諷诈詐诏詔诡詭诧詫诬誣诵誦谎謊谐諧谍諜谤謗谴譴贡貢赃贓赋賦赎贖赁賃赵趙跄蹌跷蹺踊踴轧軋轿轎辙轍辩辯辫辮迈邁邹鄒酝醞" +
        "钝鈍钦欽钩鉤钮鈕钾鉀铆鉚铐銬铭銘铸鑄锄鋤锋鋒锡錫锣鑼锤錘锥錐锯鋸镀鍍镖鏢镶鑲闰閏闽閩阀閥阁閣阎閻阐闡阑闌阙闕韧韌韵韻顽頑顷頃颁頒颂頌颈頸颐頤颓頹颠顛颤顫饶饒饵餌馅餡馋饞驮馱驯馴驰馳驴驢骄驕骆駱骇駭骏駿鲨鯊鲤鯉鳄鱷鸦鴉鸥鷗鸽鴿鹏鵬鹤鶴鹦鸚齿齒" +
        "冯馮匮匱唠嘮啰囉喽嘍嗳噯嚣囂坠墜垄壟堕墮婶嬸嫔嬪孪孿岭嶺嵘嶸巩鞏广廣当當忏懺怂慫悯憫抠摳抡掄挛攣搀攙搁擱撵攆攒攢晔曄枣棗柠檸桧檜梦夢椭橢榄欖毡氈氢氫泻瀉浑渾涧澗渍漬渗滲渎瀆溃潰溅濺滩灘潇瀟澜瀾炽熾烁爍焕煥焖燜狞獰狭狹猕獼玺璽琼瓊瑶瑤畴疇疡瘍" +
        "疟瘧瘪癟瘫癱瘾癮癫癲皑皚皱皺盗盜睁睜瞩矚砾礫祷禱秽穢窜竄筛篩筝箏筹籌篓簍篮籃篱籬纤纖虏虜裆襠阉閹异異弃棄庄莊厨廚飘飄飙飆飓颶饨飩馄餛妫媯绯緋绫綾绮綺绽綻缉緝缕縷缨纓讳諱讼訟诅詛诋詆诀訣谕諭谙諳谬謬谭譚贬貶贾賈赂賂赡贍趸躉跞躒轴軸轶軼辍輟辐輻" +
        "辑輯钧鈞钙鈣钠鈉钵鉢钗釵铂鉑铠鎧铡鍘铮錚锂鋰锈鏽锌鋅锚錨锭錠镁鎂镑鎊镯鐲阂閡陇隴隶隸颊頰颔頷颚顎颧顴骥驥鳗鰻鳞鱗鸠鳩鸾鸞鹃鵑鹊鵲麸麩龇齜龈齦龊齪龋齲";

    private const string TraditionalOnly = "妳裡麵嘅咗喺冇唔噓";

    // Written in both standards, or too often mixed up to tell.
    private const string Either = "着著什甚余几伙夥夸宁冲复烟范涂挂贊鑑嘆庄厨韵踊弃荆";

    // +1 Traditional, -1 Simplified, 0 either, for U+4E00…9FFF.
    private static readonly sbyte[] Table = BuildTable();

    private static readonly char[] Simplified = BuildSimplified();

    /// <summary>Adds up a text's evidence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="traditional">Characters that only Traditional text writes.</param>
    /// <param name="simplified">Characters that only Simplified text writes.</param>
    public static void Count(ReadOnlySpan<char> text, out int traditional, out int simplified)
    {
        traditional = simplified = 0;
        foreach (char c in text)
        {
            if (c is < '\u4E00' or > '\u9FFF')
                continue;
            int side = Table[c - '\u4E00'];
            if (side > 0)
                traditional++;
            else if (side < 0)
                simplified++;
        }
    }

    /// <summary>The simplified form of a Traditional character; any other as it is.</summary>
    public static char ToSimplified(char c) => c is >= '\u4E00' and <= '\u9FFF' ? Simplified[c - '\u4E00'] : c;

    private static sbyte[] BuildTable()
    {
        var table = new sbyte['\u9FFF' - '\u4E00' + 1];
        for (int i = 0; i < Pairs.Length; i += 2)
        {
            table[Pairs[i] - '\u4E00'] = -1;
            table[Pairs[i + 1] - '\u4E00'] = 1;
        }
        foreach (char c in TraditionalOnly)
            table[c - '\u4E00'] = 1;
        foreach (char c in Either)
            table[c - '\u4E00'] = 0;
        return table;
    }

    private static char[] BuildSimplified()
    {
        var simplified = new char[Table.Length];
        for (int i = 0; i < simplified.Length; i++)
            simplified[i] = (char)('\u4E00' + i);
        for (int i = 0; i < Pairs.Length; i += 2)
            simplified[Pairs[i + 1] - '\u4E00'] = Pairs[i];
        return simplified;
    }
}
