namespace Syrinx.Data.Corpus.Language;

/// <summary>
/// Traditional or Simplified: counts characters that only one of the two standards writes. The pairs are common characters whose
/// simplification is a different code point that Traditional text does not use; 后, 里, 干, 台, 只 and the like stand in both and
/// are left out.
/// </summary>
internal static class ChineseScript
{
    private const string Simplified =
        "们个来时说对为这国会过还发没从学长见进动开关问间门车书东马鸟鱼龙乐业严丧临丽举义乌习乡买乱亏亚产亲亿仅仓价众优伙伟传伤伦伪" +
        "体余侠侣侦侧侨俩债倾储儿党兰兴养兽内冈册写军农冲决况冻净凉减凑几凤凭凯击凿刘则刚创删别刽剂剑剧劝办务劲劳势匀区医华协单卖" +
        "卢卫却厂厅历压厌厕县参双变叙叠号叹吓吕吗听启员呛呜咏响哑哗唤啸喷嘱团园围图圆圣场坏块坚坛坝坟垒垦墙壮声壳处备复够头夸夹夺奋" +
        "奖妆妇妈姗娄娇婴孙宁宝实宠审宪宫宽宾寝寻导寿将尔尘尝层岁岂岗岛峡币帅师帐带帮库应庙庞废张弥弯弹强归录彻径忆忧怀态怜总恋" +
        "恳恶恼悬惊惧惨惩惯愤愿懒戏战户扑执扩扫扬扰抚抛抢护报担拟拢拣拥拦择挂挡挣挤挥捞损换捣据掷摄摆摇撑敌数斋断无旧显晒晓晕暂" +
        "术机杀杂权条杨极构枢枪柜标栈栋栏树样桥桩档检楼横欢欧岁残殴毁毕汇汉汤沟沧沪泪泼泽洁浅浆浇测济浓涂涛润涨渊渐渔湾湿满滚滞" +
        "滤滨潜灭灯灵灾灿炉点炼烂烛烟烦烧热爱爷牵牺犹狱独狮猎猪猫献玛环现琐电画畅疗疮疯痒盏盐监盖盘着矫矿码砖础硕确碍礼祸离种积称" +
        "税稳穷窃窍窝竖竞笔笼筑签简粮紧红约级纪纯纲纳纵纷纸纺纽线练组细织终绍经绑结绕绘给络绝统继绩绪续绳维绵综绿缓编缘缩缴网罗罚" +
        "罢羡职联聪肃肠肤肾肿胀胁胜胶脉脏脑脚脱脸腊腻腾舆舰舱艰艳艺节芦苍苏苹范茎荐荣药莲获莹营萧萨葱蒋蓝虑虚虫虽虾蚀蚁蚂蛮补衬袄" +
        "装观规视览觉触誉计订认讨让训议讯记讲许论设访证评识诉诊词译试诗诚话诞询该详语误诱请诸读课谁调谅谈谊谋谓谜谢谣谦谨谱贝贞" +
        "负财责贤败货质贩贪贫购贯贴贵贷贸费贺贼资赏赐赔赖赚赛赞赢赶趋跃践踪躯轨转轮软轰轻载较辅辆辈辉输辞边辽达迁运近违连迟适选逊" +
        "递逻遗邓邮邻郑酱酿释鉴针钉钓钟钢钥钱钻铁铃铅铜铝银铺链销锁锅错键锦锻镇镜闪闭闯闲闷闹闻阅阔队阳阴阵阶际陆陈险随隐难雾韩" +
        "页顶项顺须顾顿预领颇频颗题颜额风飞饥饭饮饰饱饼饿馆馈驱驳驶驻驾骂验骑骗骚骤鲁鲜鸡鸣鸭鹅鹰麦黄齐龄龟这么什";

    private const string Traditional =
        "們個來時說對為這國會過還發沒從學長見進動開關問間門車書東馬鳥魚龍樂業嚴喪臨麗舉義烏習鄉買亂虧亞產親億僅倉價眾優夥偉傳傷倫偽" +
        "體餘俠侶偵側僑倆債傾儲兒黨蘭興養獸內岡冊寫軍農衝決況凍淨涼減湊幾鳳憑凱擊鑿劉則剛創刪別劊劑劍劇勸辦務勁勞勢勻區醫華協單賣" +
        "盧衛卻廠廳歷壓厭廁縣參雙變敘疊號嘆嚇呂嗎聽啟員嗆嗚詠響啞嘩喚嘯噴囑團園圍圖圓聖場壞塊堅壇壩墳壘墾牆壯聲殼處備復夠頭誇夾奪奮" +
        "獎妝婦媽姍婁嬌嬰孫寧寶實寵審憲宮寬賓寢尋導壽將爾塵嘗層歲豈崗島峽幣帥師帳帶幫庫應廟龐廢張彌彎彈強歸錄徹徑憶憂懷態憐總戀" +
        "懇惡惱懸驚懼慘懲慣憤願懶戲戰戶撲執擴掃揚擾撫拋搶護報擔擬攏揀擁攔擇掛擋掙擠揮撈損換搗據擲攝擺搖撐敵數齋斷無舊顯曬曉暈暫" +
        "術機殺雜權條楊極構樞槍櫃標棧棟欄樹樣橋樁檔檢樓橫歡歐殘毆毀畢匯漢湯溝滄滬淚潑澤潔淺漿澆測濟濃塗濤潤漲淵漸漁灣濕滿滾滯" +
        "濾濱潛滅燈靈災燦爐點煉爛燭煙煩燒熱愛爺牽犧猶獄獨獅獵豬貓獻瑪環現瑣電畫暢療瘡瘋癢盞鹽監蓋盤著矯礦碼磚礎碩確礙禮禍離種積稱" +
        "稅穩窮竊竅窩豎競筆籠築簽簡糧緊紅約級紀純綱納縱紛紙紡紐線練組細織終紹經綁結繞繪給絡絕統繼績緒續繩維綿綜綠緩編緣縮繳網羅罰" +
        "罷羨職聯聰肅腸膚腎腫脹脅勝膠脈臟腦腳脫臉臘膩騰輿艦艙艱艷藝節蘆蒼蘇蘋範莖薦榮藥蓮獲瑩營蕭薩蔥蔣藍慮虛蟲雖蝦蝕蟻螞蠻補襯襖" +
        "裝觀規視覽覺觸譽計訂認討讓訓議訊記講許論設訪證評識訴診詞譯試詩誠話誕詢該詳語誤誘請諸讀課誰調諒談誼謀謂謎謝謠謙謹譜貝貞" +
        "負財責賢敗貨質販貪貧購貫貼貴貸貿費賀賊資賞賜賠賴賺賽贊贏趕趨躍踐蹤軀軌轉輪軟轟輕載較輔輛輩輝輸辭邊遼達遷運違連遲適選遜" +
        "遞邏遺鄧郵鄰鄭醬釀釋鑑針釘釣鐘鋼鑰錢鑽鐵鈴鉛銅鋁銀鋪鏈銷鎖鍋錯鍵錦鍛鎮鏡閃閉闖閒悶鬧聞閱闊隊陽陰陣階際陸陳險隨隱難霧韓" +
        "頁頂項順須顧頓預領頗頻顆題顏額風飛飢飯飲飾飽餅餓館饋驅駁駛駐駕罵驗騎騙騷驟魯鮮雞鳴鴨鵝鷹麥黃齊齡龜麼甚妳裡麵嘅咗喺冇唔噓";

    // +1 Traditional, -1 Simplified, 0 either, for U+4E00…9FFF.
    private static readonly sbyte[] Table = BuildTable();

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

    private static sbyte[] BuildTable()
    {
        var table = new sbyte['\u9FFF' - '\u4E00' + 1];
        Mark(Simplified, -1);
        Mark(Traditional, 1);
        // written in both standards, or too often mixed up to tell
        foreach (char c in "近着著什甚余几伙夥夸宁冲复烟范涂挂贊鑑嘆")
            table[c - '\u4E00'] = 0;
        return table;

        void Mark(string characters, sbyte side)
        {
            string other = side > 0 ? Simplified : Traditional;
            foreach (char c in characters)
            {
                if (!other.Contains(c))
                    table[c - '\u4E00'] = side;
            }
        }
    }
}
