package io.mcpgateway.broker.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of words that mean something else than each of them: verbs with a particle, and the beginnings of questions. The
 * parts may be apart, as in "turn the light off", but stay in order.
 */
final class Phrases {
    /** {@code a b c d => e f}: the pairs a b and c d mean e or f. */
    private static final String TABLE = """
            set up put together put up => create setup configure; set down write down note down take down jot down => create note save
            get rid throw away throw out take away take out take off leave out kick out cross out => delete remove
            do away clear out clean up clear up tidy up => delete clear prune remove; wipe out wipe off => erase delete
            turn on switch on power on => enable turn start; turn off switch off power off => disable turn stop
            shut down close down wind down => stop shutdown close; start up fire up spin up boot up bring up => start run launch
            back up => backup snapshot; roll back bring back put back get back take back change back => restore rollback revert undo
            call off => cancel delete; put off push back move back hold off => postpone reschedule update move pause delay
            move up bring forward => reschedule update; carry on go on start again => resume continue
            try again run again do again once more => retry rerun; give up => cancel abandon
            look up look for search for find out => search get lookup find; look at look over look through go over go through => get list read review
            look like => get show; check out => get view checkout; check on look after keep eye => get status monitor
            keep track keep updated keep informed stay informed => track watch subscribe monitor
            let know give heads => notify send message; get touch get hold => contact send message call
            ask for => request; call up ring up phone up => call phone; call back get back => reply call
            write back => reply; pass on send on hand over hand on pass along => forward assign transfer
            take over step in fill in stand in => assign override transfer cover; in charge => assign owner
            hand in turn in send in => submit; send out put out give out => send publish; send off => send
            fill in fill out => fill form; sign in log in => login signin; sign out log out => logout session revoke
            sign up sign on => register enroll signup create; drop out opt out => unsubscribe leave
            sign off say yes go ahead give ok => approve accept; say no turn down => reject decline
            let in give access let see let read let use let edit => share grant permission add invite
            keep out shut out lock out => block deactivate lock restrict; lock up => lock
            come from comes from => source origin history; go to go into => move navigate open
            go live went live bring live => deploy publish release; roll out push out => deploy release
            break down split up cut up take apart => split breakdown; put side lay side => compare
            add up work out figure out => calculate compute find; make up come up => create generate
            make sure => check verify validate; make louder make quieter => volume; make smaller make bigger => resize compress scale
            make public => share publish; make private => restrict permission; make room free up => delete clean space
            speed up => optimize performance; use up used up run out ran out => quota usage low expire
            fall behind falling behind => lag delay; hang up hung up get stuck got stuck => kill cancel lock
            blow up blew up fall over fell over go wrong went wrong go down went down => error failure crash incident log
            break into broke into => breach; show up turn up => attend list participant; line up => schedule
            pick up => pickup collect answer; drop off => dropoff deliver; hold on => pause wait
            sum up boil down => summarize summary; point to points to => redirect record; read out read aloud => speech audio
            write up => create write report; top of at top to top => pin sort; at once in bulk => bulk batch many
            by hand => manual; by heart => flashcard; out office => vacation office
            next to close by around here near here near me => nearby place search; all of => list
            how many => count list total number statistic; how much => amount balance price cost usage total quota
            how far => distance; how long => duration time estimate distance; how big how large => size info storage
            how expensive how dear => price cost estimate; how hot how cold how warm => temperature weather
            how good how well how happy => score rating review satisfaction metric; how fast how quick => performance latency speed
            how often => count frequency statistic; how old => age date version; how late => delay status
            how does how do => explain get describe documentation; how is how are => status health get
            who has who is who are who was who did => list user member owner get; who made who wrote who changed => history log commit author
            who can who may => permission access list; who works => employee member; whose turn => oncall schedule
            when does when do when is when are when will when can => schedule time date event calendar
            when did when was => history log date; where is where are where does where can => location find search track place
            where from => source history; why is why are why does why do why did why was => error log explain cause detail
            what happened what went => log event history error; what changed what different what new => compare diff history change changelog
            what time => time timezone; what mean what does => define describe explain; what left what open => list open remaining backlog
            what in what inside what on => list read content; what for => description; which of which are => list filter
            am allowed may i can i do need => permission requirement check allowed; is there are there have any => list search find
            did work did go did pass did succeed => status result report; is up is running is alive => status health
            pay day get paid am paid comes in => payslip payroll; day off days off => leave holiday; do say say in said in => translate
            have today have tomorrow have on going on => list event calendar; how make how cook how bake => recipe create; how healthy how nutritious => nutrition; what song this song which song song playing => playing track
            drive time travel time time there => duration direction distance; carry on => baggage allowance; good reviews reviews for review for => rating details place
            is right is correct is valid => validate check verify; is safe is secure => security scan check; is free => availability available slot
            """;

    /** What comes between the parts of a verb, at most. */
    private static final int MOST_BETWEEN = 3;

    private static final float SHARE = 0.4f;

    private static final Map<String, Map<String, Map<String, Float>>> BY_WORDS = read();

    private Phrases() {}

    /** What each pair in the words of a question means; all are stems. */
    static List<Map<String, Float>> in(List<String> words) {
        List<Map<String, Float>> found = new ArrayList<>();
        for (int first = 0; first < words.size(); first++) {
            Map<String, Map<String, Float>> pairs = BY_WORDS.getOrDefault(words.get(first), Map.of());
            int end = pairs.isEmpty() ? 0 : Math.min(words.size(), first + 2 + MOST_BETWEEN);
            for (int second = first + 1; second < end; second++) {
                Map<String, Float> meaning = pairs.get(words.get(second));
                if (meaning != null && !found.contains(meaning)) {
                    found.add(meaning);
                }
            }
        }
        return found;
    }

    private static Map<String, Map<String, Map<String, Float>>> read() {
        Map<String, Map<String, Map<String, Float>>> byWords = new HashMap<>();
        for (String line : TABLE.split("[;\\n]", -1)) {
            String[] sides = line.split("=>", -1);
            if (sides.length != 2) {
                continue;
            }
            Map<String, Float> meaning = new HashMap<>();
            Words.of(sides[1]).forEach(word -> meaning.put(word, SHARE));
            List<String> pairs = Words.of(sides[0]);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                byWords.computeIfAbsent(pairs.get(i), _ -> new HashMap<>()).put(pairs.get(i + 1), Map.copyOf(meaning));
            }
        }
        return byWords;
    }
}
