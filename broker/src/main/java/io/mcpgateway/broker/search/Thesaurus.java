package io.mcpgateway.broker.search;

import java.util.List;

/**
 * Words that people use for one another when they say what a tool should do: general words of work and of home, since the
 * words of a product are in the definitions of its tools. Groups end with a semicolon or a line. {@code a b => c d}: who asks for
 * a or b may mean c or d, but not the other way round.
 */
final class Thesaurus {
    /** What tools do. */
    private static final String TO_DO = """
            create add new make open start begin setup
            create => generate insert register launch provision draft define publish issue
            file raise report lodge => create issue incident; register => create add enroll sign
            write => create send update append compose save; compose draft prepare => draft create
            delete remove drop destroy erase wipe discard; delete => trash purge clear cancel archive terminate
            throw away rid => delete trash remove; update edit modify alter adjust revise amend
            change => update edit set move rename replace resize; update => set change patch upgrade
            fix correct typo => update edit; rename => move update; reschedule postpone => update change move
            list show view display browse see overview; get read fetch retrieve show; list => get search
            get => list download show find; open => read get navigate list; load => read import get
            content inside => list read; find search look lookup query locate discover seek
            find search => list get query; google => search web; send deliver transmit submit
            tell inform notify => send notify alert post; save store keep persist => write put create store
            store => put save write; copy duplicate clone fork replicate; copy backup => copy snapshot dump
            move transfer relocate shift drag; combine join merge unite consolidate => merge join
            split divide separate cut; start launch boot run trigger execute invoke kick
            stop halt abort cancel terminate kill end quit interrupt; stop => pause suspend cancel disable
            call off => cancel delete; restart reboot bounce relaunch rerun retry; retry => again rerun
            turn switch toggle enable disable; enable activate on => enable turn arm
            disable deactivate off block => disable deactivate turn suspend; pause suspend hold => pause suspend
            undo revert rollback restore recover back; recover bring => restore recover; undelete => restore
            approve accept confirm allow permit grant; approve => review; reject decline deny refuse
            give grant => add grant attach share; hand delegate pass => assign reassign forward transfer move
            assign owner responsible; invite add; complete finish done resolve close solve
            done finished => complete close resolve transition check mark; tick check mark; won lost => stage deal
            reply answer respond response react; react reaction emoji thumb like; forward redirect
            check verify validate test inspect examine; check => get status scan
            compare diff difference differ versus; calculate compute work figure estimate
            estimate approximate predict forecast projection; measure metric
            watch follow subscribe monitor observe track; watch => get view; unsubscribe leave optout
            convert transform translate turn; schedule plan arrange book set; plan => schedule create
            reserve book booking reservation; buy purchase order acquire; buyer shopper customer client
            rent hire lease; sell sale; pay payment charge bill settle; charge => payment collect
            refund reimburse money back; summarize summary digest recap
            decide decision => summary summarize transcript; sign signature; scan detect analyze
            upload attach import put; download export get save; export => pdf convert download
            publish deploy release ship rollout; publish => post produce send; silence mute snooze quiet
            silence bother disturb => snooze mute disturb; wake => page; escalate => escalate
            draw paint => create chart generate image; preview => plan preview; tear => destroy delete
            flush invalidate => purge clear flush; shell => exec run command; apply => apply create update
            call invoke => invoke run call; press push tap click; push => push send; go visit => navigate open
            type enter fill input; capture record grab => screenshot capture recording
            isolate disconnect quarantine cut; remember memorize => create entity store note
            jot note => note create; remind reminder; vote poll survey ballot
            announce announcement broadcast status; clean cleanup => prune purge clear remove; clean => vacuum
            shrink => compress resize; bold format style
            """;

    /** What people tell one another, and when they meet. */
    private static final String MESSAGES = """
            message msg text chat dm direct; text => sms; message => sms email; slack teams discord => chat channel
            email mail; mail => inbox message; inbox => email mail list; conversation discussion thread talk
            say said tell => message transcript history; channel room group
            newsletter => campaign mailing subscriber; tweet => post social; post => send publish message
            mention => mention; phone telephone mobile call; sms => text message; contact person people
            invitation invite rsvp; calendar agenda diary schedule; agenda => event calendar
            meeting appointment event conference session call; meet => meeting free slot event
            standup => meeting event recurring; weekly daily monthly every regular => recurring repeat schedule
            available free availability busy; holiday vacation leave absence pto; holiday away => office vacation
            office => vacation; ill sick => leave sick off; attend attendee participant guest attendance registrant
            """;

    /** Software and its operation. */
    private static final String SOFTWARE = """
            repository repo codebase project; pr => pull request; branch; bug issue ticket defect problem
            bug problem => error ticket case; story task ticket work => issue; exception error crash failure fault
            fail broken break => error failed; commit changeset
            history past previous earlier => history list version revision log
            touch author edit => history commit revision; version revision; changelog note => release note
            release version; outdated => dependency version; vulnerable vulnerability hole weakness cve exploit
            leaked leak exposed compromised; secret credential password key token apikey
            protect guard secure => protect protection; main master default => branch
            pipeline build workflow ci job run dag; build => compile image; log output stdout print
            production live prod; stage environment; deploy deployment; server machine instance host vm virtual
            server => instance; container docker; pod container; cluster kubernetes k8s kubectl
            yaml manifest => resource; replica scale; memory cpu usage consumption => top stats metric; database db
            schema structure column => describe schema; column => table describe list; row record line entry
            line => row append; number value figure => value number range; cell column row => range cell
            select => query; slow performance latency => slow explain trace; block lock deadlock => lock
            standby replica secondary => replica replication lag; behind delay lag late; late overdue deadline due
            delay late => status delay overdue; backup dump snapshot; index; cache cached redis
            expire expiry ttl expiration lapse; expire => certificate; cert certificate tls ssl https
            bucket s3 object; storage space disk quota capacity; folder directory; file document doc
            document => page article file; doc documentation manual docs
            contain containing => content contents grep search; big size large; spreadsheet sheet excel
            slide presentation deck powerpoint; chart graph plot diagram; wiki page; article => page document
            faq => help article; guide manual => page documentation; ip address; dns domain; firewall port ingress
            port => ingress; internet web online; website site page; queue enqueue => queue message
            cost price spend spending expensive expense bill; expensive cheap cheapest => cost price rate search
            api endpoint; function method procedure; permission access right role privilege
            access => permission collaborator role; member => user; lambda serverless
            login signin sign authenticate logon; password forgot => password reset
            mfa 2fa otp authenticator factor verification; account user; employee staff colleague worker personnel
            attack ddos => attack; malicious malware dangerous harmful virus; suspicious risk risky unusual
            infected => compromised isolate; alert alarm warning notification; incident outage emergency downtime
            outage emergency => incident; duty => oncall call; shift cover => override schedule; trace span
            dashboard board panel; error budget; usage use statistic stat analytics; reference usage used
            traffic visitor visit; experiment ab; flag feature; stacktrace stack; package library module dependency
            snippet code script program
            """;

    /** Companies and their customers. */
    private static final String BUSINESS = """
            customer client; lead prospect; company organization firm business; deal opportunity
            sale revenue turnover; sell => forecast revenue; quote offer proposal; complaint complain => ticket
            satisfaction happy csat rating review feedback; feedback => review; support help; sla deadline breach
            internal private confidential; invoice bill; bill => invoice; subscription plan membership
            subscription => recurring; monthly => subscription month; discount coupon promo voucher percent
            chargeback dispute; profit income earning loss; owe unpaid outstanding receivable due; receipt expense
            salary payroll wage pay; tax vat; stock inventory; product item article good sku; cart basket
            cart => abandoned; checkout => cart; shipping delivery shipment; ship => fulfill shipping
            parcel package box; return back; address location; supplier vendor; applicant candidate
            job position opening vacancy; boss manager supervisor; manager => chart employee; training course
            contract agreement; ad advertisement campaign; link url; shorten short; audience segment cohort
            return retention back; funnel step drop; opened => open; people => user customer participant
            answer => reply
            """;

    /** Everything else. */
    private static final String WORLD = """
            flight plane airline; ticket => flight train; hotel accommodation room lodging
            stay sleep night => hotel stay rental; trip travel journey itinerary; luggage baggage; car vehicle
            electric ev; map route direction drive; drive driving => direction route; distance far long
            nearby near close around; restaurant dining eat; coordinate latitude longitude lat lng
            weather forecast climate; rain snow storm sunny => weather forecast
            hot cold warm => temperature weather; warm => temperature thermostat; pollution polluted air quality
            share stock equity security; share => invite link permission; currency exchange euro dollar yen
            euro dollar yen => exchange currency rate; crypto bitcoin cryptocurrency; annual report filing
            mortgage loan credit; house home apartment flat property; flat => home; room bedroom; light lamp
            dim bright brightness; thermostat heating temperature; garage door cover blind; shut close
            hoover vacuum; loud louder quiet => volume; music song track playlist tune; play
            video movie clip film youtube; subtitle caption transcript; transcribe transcription speech voice
            voice memo => audio recording; picture image photo illustration drawing; illustration => image generate
            background; icon logo => asset; ocr => extract image text; scan scanned => image extract
            language french german english spanish => translate language; research paper study literature
            news headline; headline => news; recipe cook cooking; meal food; drug medicine medication; sleep
            steps walk; doctor physician; symptom condition; table => reserve table; game match; league
            move => position; temperature reading sensor measurement; reading => sensor timeseries
            now current currently today; latest recent newest last; tomorrow next => forecast event
            time hour clock; unit; convert => exchange; identifier uuid id; webhook callback; automation flow zap
            kafka topic; consumer; embedding vector semantic; model
            """;

    /** Kinds of things by their examples, and words of every day for what tools call otherwise. */
    private static final String EVERYDAY = """
            sushi pizza burger pasta curry coffee lunch dinner breakfast cuisine dish => restaurant food recipe meal
            chinese mexican italian indian thai greek vegan vegetarian => restaurant recipe translate language
            egg cheese bread milk tomato potato onion rice chicken fish spinach garlic cake soup salad => ingredient recipe food
            bake baking cook fry boil ingredient instruction => recipe; healthy calorie protein carb fat fiber sodium sugar => nutrition food
            aspirin ibuprofen paracetamol antibiotic vitamin insulin pill tablet prescription => drug medicine medication
            headache fever cough pain allergy => symptom doctor condition; blood urine => lab result
            json yaml xml csv txt docx xlsx toml ini => file document; pdf => document; tar gz => archive compress
            png jpg jpeg gif svg webp => image asset; mp3 wav flac => audio; mp4 mov avi => video
            chrome firefox safari edge => browser; iphone android ipad => mobile device app; laptop desktop pc mac => host device computer
            python javascript typescript java ruby rust golang bash => code script run
            monday tuesday wednesday thursday friday saturday sunday weekend morning evening afternoon noon => date time event
            month quarter year => period date; deadline => due date; birthday anniversary => date event; plan => event
            mom mum dad mother father husband friend brother sister neighbor => contact person
            boss chief superior supervisor => manager chart report employee; team crew squad => group member
            colleague coworker teammate => member user employee; guy buddy => user person
            who => user member; whom => assignee; percentage percent ratio share => rate coverage
            tested => coverage test; iteration => sprint; unplanned => backlog; conversation => call chat meeting; phone => call
            sum group add average mean => aggregate calculate; newest latest => latest upgrade migrate; upgrade => migration
            multiply divide minus plus times square root math equation arithmetic => calculate
            ounce pound quart pint cup gallon liter inch foot feet yard mile kilometer meter gram kilogram celsius fahrenheit tablespoon teaspoon => unit convert
            make => build create generate; ack => acknowledge; pager => page oncall; card => payment credit; money cash fund => payment balance account
            unpaid owe owed debt => receivable invoice; paid => receivable payroll; visitor => session user; basket => cart
            annual yearly quarterly earnings => filing report; delayed punctual => status delay
            opened clicked delivered bounced => report rate campaign; inside within => content list; folder => directory list
            allowed able => permission policy; role principal => policy permission; reach => connect find forward
            noise noisy => silence mute; annoying unwanted => spam block; crop trim cut => trim cut resize
            bigger larger enlarge grow increase => resize scale; smaller reduce decrease lower => resize compress scale
            faster quicker quick speed => performance optimize latency; safe secure => security scan
            lamp bulb => light; warmer cooler colder heat heater cool => thermostat temperature; tv radio speaker => media play
            song singer band artist album lyric => track music playing; film series episode => video
            sport gym workout exercise => workout; weigh => weight; ate eat drank => meal nutrition; asleep nap bed => sleep; pulse => heart rate
            umbrella wet => rain forecast; wind windy wave surf sea => marine forecast; dust pollen smog => air quality; fog => weather
            fly flew => flight; passport border => visa requirement; railway subway metro tram => train direction; taxi cab => ride car
            tour sight museum attraction visit => activity; hike mountain beach => activity; abroad dangerous danger => advisory travel
            carry suitcase => baggage; highway freeway jam congestion => traffic; closest nearest => nearby direction place; bus stop => direction place
            castle tower church bridge street square city town village => place geocode location; reach arrive => direction duration
            tenant landlord => rental property; kindergarten => school; lawyer court judge lawsuit sue => case law legal; brand => trademark
            clause agreement term => contract clause; salary wage paycheck income earn payday => payslip payroll
            hire hiring recruit => job candidate offer; resign => offboard; raise promotion => review; overtime => timesheet; vacation off => leave holiday
            shop store => order product; courier => shipment pickup; tip gift => payment; rent => payment; coin => crypto; invest investment portfolio => position stock
            viral hot => trending; ranking => keyword; think opinion => survey feedback; match score league cup => match standing
            meaning definition => define word; wikipedia => encyclopedia article; frozen stuck => kill session lock
            spanish french german chinese japanese italian russian portuguese korean arabic english => translate language
            recite recall repeat => list read get; wipe erase => delete clear; todo => task
            """;

    private Thesaurus() {}

    /** One text for each group. */
    static List<String> groups() {
        return List.of((TO_DO + MESSAGES + SOFTWARE + BUSINESS + WORLD + EVERYDAY).split("[;\\n]"));
    }
}
