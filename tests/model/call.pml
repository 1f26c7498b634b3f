/* The attempt protocol: agents dial, the network loses answers, nodes die, a database may go back to an old backup.
 * README.md says what stands for what in the code. checks.txt names the scenes: how many orders, agents, crashes … (-D).
 * Every guard of the protocol can be taken out by a -D WITHOUT_…, and then one of the claims here breaks. */

/* ---- the scene ---- */
#ifndef ORDERS
#define ORDERS 1        /* of one number; 1 or 2 */
#endif
#ifndef AGENTS
#define AGENTS 2        /* each with a node of its own; 1 or 2 */
#endif
#ifndef CALLS
#define CALLS 2         /* that the network can make at most; 2 or 3 */
#endif
#ifndef CRASHES
#define CRASHES 1       /* a node is killed, at any step */
#endif
#ifndef EXPIRIES
#define EXPIRIES 1      /* a hold runs out */
#endif
#ifndef EVENTS
#define EVENTS 2        /* delivered: any of them, any number of times, in any order, or never */
#endif
#ifndef STRANGERS
#define STRANGERS 0     /* calls of somebody else with the same caller id to the same number */
#endif
/* ALWAYS_OPEN: nobody pays and no window closes. NO_RELEASES: no managers. NO_TECHNICAL: no grant after NotPlaced.
 * TWO_NUMBERS: each order has a number of its own. TWO_SHOPS: each order is in a shop of its own, number and caller id are the same. ROOMS: agents wait in rooms.
 * SLOW_LISTS: a list may lag longer than the grace, which the protocol can not survive where a call is released: the rings are not looked at then. */
#ifndef RESTORES
#define RESTORES 0      /* a backup is taken at some moment and brought back at a later one; what lies between is lost */
#endif

/* What a right stands at: no right, in the queue, held by an agent; then the states of its attempt. */
mtype:state = { NoRight, Ready, Held, Dialing, Unknown, Placed, Ended, NotPlaced, Spent };

/* The steps of an attempt: the same as the table attempt_edges and AttemptStates.Edges; a test compares the three. */
#define EDGE(a, b) ( \
    (a == Dialing && (b == Placed || b == Unknown || b == NotPlaced || b == Ended)) || \
    (a == Unknown && (b == Placed || b == Ended || b == NotPlaced || b == Spent)) || \
    (a == Placed && (b == Ended)) || \
    (a == Spent && (b == Placed || b == Ended)))

/* A right is order * 2 + grant: everybody's first, and one that a grant gives (technical, or released by two people). */
#define RIGHTS (ORDERS * 2)
#define ORDER(r) ((r) / 2)
#define FIRST(r) ((r) % 2 == 0)

#if ORDERS == 2
#define SOME_RIGHT(p, a) (p(0, a) || p(1, a) || p(2, a) || p(3, a))
#define RIGHTS_WHERE(p, a) (p(0, a) + p(1, a) + p(2, a) + p(3, a))
#else
#define SOME_RIGHT(p, a) (p(0, a) || p(1, a))
#define RIGHTS_WHERE(p, a) (p(0, a) + p(1, a))
#endif
#if CALLS == 3
#define SOME_CALL(p, a) (p(0, a) || p(1, a) || p(2, a))
#define CALLS_WHERE(p, a) (p(0, a) + p(1, a) + p(2, a))
#else
#define SOME_CALL(p, a) (p(0, a) || p(1, a))
#define CALLS_WHERE(p, a) (p(0, a) + p(1, a))
#endif
#if AGENTS == 2
#define SOME_AGENT(p, a) (p(0, a) || p(1, a))
#else
#define SOME_AGENT(p, a) (p(0, a))
#endif

/* ---- the database: outlives a crash, and goes back in time with a restore ---- */
mtype:state st[RIGHTS] = NoRight;
byte fence[RIGHTS];     /* rises when a hold runs out: what was held before is worth nothing then */
byte holder[RIGHTS];
byte id[RIGHTS];        /* the network's id of the call, as far as it is known; 0: it is not */
bool vague[RIGHTS];     /* more than one call may be the lost one: it counts as a call, and nobody can release it */
bool released[RIGHTS];  /* what kind of grant gave it: released, else technical */
byte told[RIGHTS];      /* outbox: how often the end was told */
bool by_list[RIGHTS];   /* found by number and time while the server was not adopted yet */
bool adopted[ORDERS];   /* a ring that the restored database knew nothing of stands in the books of this order */
bool saved;             /* an agent's result */
bool paid;              /* paid or opted out */
bool epoch_known = true; /* this is the server and timeline whose calls are known */

/* ---- the nodes: gone with a crash ---- */
mtype:stage = { Idle, Looking, Gated, Waiting };
mtype:stage stage[AGENTS] = Idle;
byte hand[AGENTS];      /* the right at hand */
byte token[AGENTS];     /* the fence of its hold */
bool late[AGENTS];      /* the monotonic deadline since the gate has passed */
byte answer[AGENTS];    /* 0 none yet, 1 refused, else the call's id + 1 */

/* ---- the network: its own log is the truth ---- */
mtype:leg = { NoCall, OnLine, Over };
mtype:leg leg[CALLS] = NoCall;
byte whose[CALLS];         /* the right it was made for, + 1; 0: somebody else's */
bool listed[CALLS];
bool recent[CALLS];     /* made less than two seconds ago */
byte fits[CALLS];       /* bit r: made when the call of attempt r may have been made, as far as the time goes */
byte made;
#ifdef ROOMS
byte entered[CALLS];    /* whose room it was called into: the agent + 1 */
#endif
byte asked[RIGHTS];     /* a request on its way: the agent + 1 */
bool span[RIGHTS];      /* a call made now fits the attempt by its time */

/* ---- the world ---- */
mtype:hours = { Open, Closing, Closed };
mtype:hours hours = Open;
bool next_day;
byte rings[ORDERS];     /* how often the customer's phone rang about the order: nobody in the protocol sees it */
byte crashes = CRASHES;
byte expiries = EXPIRIES;
byte events = EVENTS;
byte strangers = STRANGERS;
bool backed_up;
bool restored;
byte x;                 /* a hand's counter, 0 between two steps */

/* ---- what the database and the passes can say ---- */
#define UNDECIDED(r, a) (st[r] == Dialing || st[r] == Unknown)
#define HAS_ID(r, i) (id[r] == (i) + 1)
#if ORDERS == 2
#define OURS(i) (HAS_ID(0, i) || HAS_ID(1, i) || HAS_ID(2, i) || HAS_ID(3, i))
#else
#define OURS(i) (HAS_ID(0, i) || HAS_ID(1, i))
#endif
#define HIDDEN(i, a) (leg[i] != NoCall && !listed[i])
#define MAY_SEND(n, r) (stage[n] == Gated && hand[n] == r && !late[n])
#define MAY_SEND_ANY(n, a) (stage[n] == Gated && !late[n])
#define ON_ITS_WAY(r, a) (asked[r] != 0)

/* Longer than the deadline, a request's life and the list's lag together. */
#ifdef WITHOUT_GRACE
#define GRACE_OVER(r) true
#elif defined(SLOW_LISTS)
#define GRACE_OVER(r) (!SOME_AGENT(MAY_SEND, r) && asked[r] == 0)
#else
#define GRACE_OVER(r) (!SOME_AGENT(MAY_SEND, r) && asked[r] == 0 && !SOME_CALL(HIDDEN, 0))
#endif

/* A lost call is looked for by number and time, among ids that are not ours already. */
#ifdef WITHOUT_NOT_OURS
#define FITS(i, r) (listed[i] && (fits[i] & (1 << (r))) != 0)
#else
#define FITS(i, r) (listed[i] && (fits[i] & (1 << (r))) != 0 && !OURS(i))
#endif
#define FITTING(r) CALLS_WHERE(FITS, r)

/* Two undecided attempts may both mean the same call: then it proves nothing for either. Numbers are compared over all shops. */
#ifdef WITHOUT_RIVALS
#define RIVALS(r) 0
#else
#define RIVAL(q, r) ((q) != (r) && UNDECIDED(q, 0) && SOME_CALL_OF_BOTH(q, r))
#define BOTH_0(q, r) (FITS(0, q) && FITS(0, r))
#define BOTH_1(q, r) (FITS(1, q) && FITS(1, r))
#if CALLS == 3
#define SOME_CALL_OF_BOTH(q, r) (BOTH_0(q, r) || BOTH_1(q, r) || (FITS(2, q) && FITS(2, r)))
#else
#define SOME_CALL_OF_BOTH(q, r) (BOTH_0(q, r) || BOTH_1(q, r))
#endif
#define RIVALS(r) SOME_RIGHT(RIVAL, r)
#endif

#ifdef WITHOUT_TWO_PROVE_NOTHING
#define CLEAR(r) (FITTING(r) >= 1)
#define VAGUE(r) false
#else
#define CLEAR(r) (FITTING(r) == 1 && !RIVALS(r))
#define VAGUE(r) (FITTING(r) > 1 || (FITTING(r) == 1 && RIVALS(r)))
#endif

#ifdef WITHOUT_VAGUE
#define KEEP_VAGUE(r) skip
#define RELEASABLE(r) (!CLEAR(r))
#else
#define KEEP_VAGUE(r) vague[r] = true
#define RELEASABLE(r) (!vague[r] && FITTING(r) == 0)
#endif
#ifdef WITHOUT_LOOKING_AT_ADOPTED
#define RANG_AFTERWARDS(r) false
#else
#define RANG_AFTERWARDS(r) adopted[ORDER(r)]
#endif

/* The span in which a call is matched is over before an attempt counts as spent. */
#ifdef WITHOUT_SPAN_BEFORE_SPENT
#define SPAN_OVER(r) true
#else
#define SPAN_OVER(r) (!span[r])
#endif

/* One live or undecided call per number: a unique index. */
#ifdef WITHOUT_UNDECIDED_IS_LIVE
#define LIVE(r, a) (st[r] == Dialing || st[r] == Placed)
#else
#define LIVE(r, a) (st[r] == Dialing || st[r] == Unknown || st[r] == Placed)
#endif
/* The sibling is the other right of the same order. */
#define SIBLING(r) ((r) ^ 1)
#if defined(TWO_NUMBERS) || defined(TWO_SHOPS) || defined(WITHOUT_ONE_PER_NUMBER)
#define NUMBER_FREE(r) (!LIVE(SIBLING(r), 0))
#else
#define NUMBER_FREE(r) (!SOME_RIGHT(LIVE, 0))
#endif
#ifdef TWO_NUMBERS
#define SAME_NUMBER(q, r) (ORDER(q) == ORDER(r))
#else
#define SAME_NUMBER(q, r) true
#endif

/* One customer in an agent's room, as long as another may still come in. */
#define IN_ROOM(r, n) (holder[r] == (n) && (st[r] == Dialing || st[r] == Unknown || st[r] == Placed))
#if defined(ROOMS) && !defined(WITHOUT_ONE_PER_ROOM)
#define ROOM_FREE(n) (!SOME_RIGHT(IN_ROOM, n))
#else
#define ROOM_FREE(n) true
#endif

#ifdef WITHOUT_EPOCH
#define EPOCH_FITS true
#else
#define EPOCH_FITS epoch_known
#endif
#define CALLABLE (!paid && hours == Open && EPOCH_FITS)

/* ---- steps that several take; each in one transaction ---- */
inline move(r, to) {
    assert(EDGE(st[r], to));
    st[r] = to
}

inline end(r, i) {      /* state, wrap-up and outbox */
    if
#ifdef WITHOUT_INBOX
    :: true -> st[r] = Ended; told[r]++
#else
    :: st[r] != Ended && st[r] != NotPlaced -> take_back(r); move(r, Ended); id[r] = i; told[r]++
    :: else
#endif
    fi;
    assert(told[r] <= 1)
}

inline take_back(r) {   /* it rang after all: a release that rests on the opposite goes, if it is not used yet */
#ifndef WITHOUT_TAKING_BACK
    if
    :: FIRST(r) && st[r] == Spent && (st[SIBLING(r)] == Ready || st[SIBLING(r)] == Held) -> st[SIBLING(r)] = NoRight
    :: else
    fi
#else
    skip
#endif
}

inline place(r, i) {    /* the network has the call, and this is its id */
    take_back(r);
    move(r, Placed);
    id[r] = i;
    assert(RIGHTS_WHERE(HAS_ID, i - 1) == 1)
}

#define MADE_FOR(i, r) (whose[i] == (r) + 1)

inline find(r) {        /* the one call in the lists that can be the lost one */
    by_list[r] = !epoch_known;
    if
    :: FITS(0, r) -> place(r, 1)
    :: FITS(1, r) -> place(r, 2)
#if CALLS == 3
    :: FITS(2, r) -> place(r, 3)
#endif
    fi;
    assert(MADE_FOR(id[r] - 1, r) || !SOME_CALL(MADE_FOR, r))
}

inline not_placed(r) {  /* for certain: one technical grant follows, where the order had no grant yet */
    move(r, NotPlaced);
    if
#ifndef NO_TECHNICAL
    :: FIRST(r) && st[r + 1] == NoRight -> st[r + 1] = Ready; released[r + 1] = false
#endif
    :: else
    fi
}

inline spend(r) {       /* looked for long enough: what was made for it is long ago */
    move(r, Spent);
    x = 0;
    do
    :: x < CALLS -> if :: MADE_FOR(x, r) -> recent[x] = false :: else fi; x++
    :: else -> x = 0; break
    od
}

inline hold(n, r) {
    st[r] = Held; holder[r] = n;
    hand[n] = r; token[n] = fence[r]; stage[n] = Looking
}

inline lay_down(n) {    /* the node has nothing in hand any more */
    stage[n] = Idle; hand[n] = 0; token[n] = 0; late[n] = false; answer[n] = 0
}

#define HOLDS(n, r) (st[r] == Held && holder[r] == n && fence[r] == token[n])
#define STILL_MINE(n, r) (holder[r] == n && fence[r] == token[n])

/* The gate: everything is judged again in the transaction that spends the right. */
#ifdef WITHOUT_GATE
#define PASSES(n, r) true
#elif defined(WITHOUT_FENCE)
#define PASSES(n, r) (CALLABLE && st[r] != NoRight)
#elif defined(WITHOUT_JUDGING_AGAIN)
#define PASSES(n, r) (HOLDS(n, r) && NUMBER_FREE(r) && ROOM_FREE(n))
#else
#define PASSES(n, r) (HOLDS(n, r) && CALLABLE && NUMBER_FREE(r) && ROOM_FREE(n))
#endif

inline pass(n, r) {
    assert(!paid);
#ifndef WITHOUT_SPENT_BEFORE_RELEASE
    assert(FIRST(r) || !released[r] || st[SIBLING(r)] == Spent);
#endif
    st[r] = Dialing; holder[r] = n; fence[r] = token[n];
    span[r] = true;
    x = 0;
    do
    :: x < CALLS -> if :: recent[x] && SAME_NUMBER(r, (whose[x] - 1)) -> fits[x] = fits[x] | (1 << r) :: else fi; x++
    :: else -> x = 0; break
    od
}

/* Nobody hears two of our calls at once, and no two customers meet in one room. */
#ifdef TWO_SHOPS
#define AT_ONCE(i, r) (leg[i] == OnLine && whose[i] != 0 && ORDER(whose[i] - 1) == ORDER(r))
#else
#define AT_ONCE(i, r) (leg[i] == OnLine && whose[i] != 0 && SAME_NUMBER((whose[i] - 1), r))
#endif
#define IN_THE_SAME(i, n) (leg[i] == OnLine && whose[i] != 0 && entered[i] == (n))

inline ring(r, who) {   /* the network makes a call: the phone rings */
    leg[made] = OnLine; whose[made] = who; recent[made] = true;
    x = 0;
    do
    :: x < RIGHTS -> if :: span[x] && SAME_NUMBER(x, r) -> fits[made] = fits[made] | (1 << x) :: else fi; x++
    :: else -> x = 0; break
    od;
    made++
}

/* ---- the processes ---- */
proctype Agent(byte n) {
    do
    :: atomic { stage[n] == Idle && CALLABLE && st[0] == Ready -> hold(n, 0) }
    :: atomic { stage[n] == Idle && CALLABLE && st[1] == Ready -> hold(n, 1) }
#if ORDERS == 2
    :: atomic { stage[n] == Idle && CALLABLE && st[2] == Ready -> hold(n, 2) }
    :: atomic { stage[n] == Idle && CALLABLE && st[3] == Ready -> hold(n, 3) }
#endif
    :: atomic { stage[n] == Looking && PASSES(n, hand[n]) ->
           pass(n, hand[n]);
           if
           :: stage[n] = Gated
#ifndef WITHOUT_ACKNOWLEDGED
           /* The commit's answer is lost: the line is not asked, and if the attempt stands it is known not to have rung. */
           :: not_placed(hand[n]); lay_down(n)
#endif
           fi }
#ifdef WITHOUT_ACKNOWLEDGED
    /* The commit's answer is lost, nothing stands, and the line is asked all the same. */
    :: atomic { stage[n] == Looking && PASSES(n, hand[n]) -> span[hand[n]] = true; stage[n] = Gated }
#endif
    :: atomic { stage[n] == Looking && !PASSES(n, hand[n]) ->
           if :: HOLDS(n, hand[n]) -> st[hand[n]] = Ready; holder[hand[n]] = 0 :: else fi;
           lay_down(n) }
#ifdef WITHOUT_DEADLINE
    :: atomic { stage[n] == Gated && asked[hand[n]] == 0 -> asked[hand[n]] = n + 1; stage[n] = Waiting }
#else
    :: atomic { stage[n] == Gated && !late[n] && asked[hand[n]] == 0 -> asked[hand[n]] = n + 1; stage[n] = Waiting }
    :: atomic { stage[n] == Gated && late[n] ->
           if :: UNDECIDED(hand[n], 0) && STILL_MINE(n, hand[n]) -> not_placed(hand[n]) :: else fi;
           lay_down(n) }
#endif
    :: atomic { stage[n] == Waiting && answer[n] > 1 ->
           if
           :: UNDECIDED(hand[n], 0) || st[hand[n]] == Spent -> if :: id[hand[n]] == 0 && !OURS(answer[n] - 2) -> place(hand[n], answer[n] - 1) :: else fi
           :: else
           fi;
           lay_down(n) }
    :: atomic { stage[n] == Waiting && answer[n] == 1 ->
           if :: UNDECIDED(hand[n], 0) && STILL_MINE(n, hand[n]) -> not_placed(hand[n]) :: else fi;
           lay_down(n) }
    :: atomic { stage[n] == Waiting ->          /* time-out, 5xx, cut connection: the answer is lost */
#ifdef WITHOUT_UNKNOWN
           if :: st[hand[n]] == Dialing -> not_placed(hand[n]) :: else fi;
#else
           if :: st[hand[n]] == Dialing -> move(hand[n], Unknown) :: else fi;
#endif
#ifdef WITHOUT_NEVER_TWICE
           answer[n] = 0; late[n] = false; stage[n] = Gated
#else
           lay_down(n)
#endif
       }
    :: atomic { stage[n] != Idle && crashes > 0 -> crashes--; lay_down(n) }
    :: atomic { stage[n] == Gated && !late[n] -> late[n] = true }
    :: atomic { !saved && (st[0] == Ended || st[1] == Ended) -> saved = true }
    od
}

#define REPLY(r, word) if :: stage[asked[r] - 1] == Waiting && hand[asked[r] - 1] == r -> answer[asked[r] - 1] = word :: else fi

proctype Network(byte r) {
    do
    :: atomic { asked[r] != 0 && made < CALLS ->
           assert(hours != Closed);
           rings[ORDER(r)]++;
#ifndef SLOW_LISTS
           assert(rings[ORDER(r)] <= 1);
           assert(!SOME_CALL(AT_ONCE, r));
#endif
#ifdef ROOMS
           assert(!SOME_CALL(IN_THE_SAME, asked[r]));
           entered[made] = asked[r];
#endif
           ring(r, r + 1);
           REPLY(r, made + 1); asked[r] = 0 }
    :: atomic { asked[r] != 0 -> asked[r] = 0 }                     /* lost on its way, or a 5xx and not placed */
    :: atomic { asked[r] != 0 -> REPLY(r, 1); asked[r] = 0 }        /* refused */
    od
}

/* ---- the passes and the people behind them ---- */
proctype Passes(byte r) {
    do
    :: atomic { st[r] == Held && expiries > 0 -> expiries--; st[r] = Ready; holder[r] = 0; fence[r]++ }
#ifdef WITHOUT_SPENT_FIRST
    :: atomic { UNDECIDED(r, 0) && expiries > 0 -> expiries--; st[r] = Ready }
#endif
    :: atomic { st[r] == Dialing && !SOME_AGENT(MAY_SEND, r) -> move(r, Unknown) }
    :: atomic { st[r] == Unknown && GRACE_OVER(r) && CLEAR(r) -> find(r) }
    :: atomic { st[r] == Unknown && GRACE_OVER(r) && SPAN_OVER(r) && FITTING(r) == 0 -> spend(r) }
    :: atomic { st[r] == Unknown && GRACE_OVER(r) && SPAN_OVER(r) && VAGUE(r) -> spend(r); KEEP_VAGUE(r) }
    od
}

/* A call that has not ended is asked about again and again: events may all be lost. */
proctype Poller(byte r) {
    do
#ifdef WITHOUT_POLLER
    :: false
#else
    :: atomic { st[r] == Placed && id[r] != 0 && leg[id[r] - 1] == Over -> end(r, id[r]) }
#endif
    od
}

/* Two people release a call that was spent unrung, after one more look at the lists. */
proctype Managers(byte r) {
    do
#ifdef WITHOUT_SPENT_BEFORE_RELEASE
    :: atomic { (st[r] == Spent || st[r] == Unknown) && st[r + 1] == NoRight -> st[r + 1] = Ready; released[r + 1] = true }
#else
    :: atomic { st[r] == Spent && st[r + 1] == NoRight && RELEASABLE(r) && !RANG_AFTERWARDS(r) -> st[r + 1] = Ready; released[r + 1] = true }
    :: atomic { st[r] == Spent && !vague[r] && CLEAR(r) -> find(r) }
#endif
    od
}

#define BELIEVED(i, r) (id[r] == 0 && !OURS(i) || id[r] == (i) + 1)

proctype Phone(byte i) {
    byte r;
    do
    :: atomic { leg[i] == OnLine -> leg[i] = Over }
    :: atomic { leg[i] != NoCall && !listed[i] -> listed[i] = true }
    :: atomic { recent[i] -> recent[i] = false }
    /* Events: late, twice, in any order or never. */
    :: atomic { events > 0 && leg[i] != NoCall && whose[i] != 0 -> events--; r = whose[i] - 1;
           if
#ifdef WITHOUT_RANK
           :: BELIEVED(i, r) && st[r] != NotPlaced -> st[r] = Placed; id[r] = i + 1
#else
           :: BELIEVED(i, r) && (UNDECIDED(r, 0) || st[r] == Spent) -> place(r, i + 1)
#endif
           :: else
           fi; r = 0 }
    :: atomic { events > 0 && leg[i] == Over && whose[i] != 0 -> events--; r = whose[i] - 1;
           if
           :: BELIEVED(i, r) && (UNDECIDED(r, 0) || st[r] == Spent || st[r] == Placed || st[r] == Ended) -> end(r, i + 1)
           :: else
           fi; r = 0 }
    od
}

proctype World() {
    do
#ifndef ALWAYS_OPEN
    :: atomic { !paid -> paid = true }
    :: hours == Open -> hours = Closing
    /* The closing guard is longer than the deadline and a request's life. */
#ifdef WITHOUT_DEADLINE
    :: hours == Closing -> hours = Closed
#else
    :: atomic { hours == Closing && !SOME_AGENT(MAY_SEND_ANY, 0) && !SOME_RIGHT(ON_ITS_WAY, 0) -> hours = Closed }
#endif
    :: atomic { hours == Closed && !next_day -> next_day = true; hours = Open }
#endif
    :: atomic { span[0] && !SOME_AGENT(MAY_SEND, 0) && asked[0] == 0 -> span[0] = false }
    :: atomic { span[1] && !SOME_AGENT(MAY_SEND, 1) && asked[1] == 0 -> span[1] = false }
#if ORDERS == 2
    :: atomic { span[2] && !SOME_AGENT(MAY_SEND, 2) && asked[2] == 0 -> span[2] = false }
    :: atomic { span[3] && !SOME_AGENT(MAY_SEND, 3) && asked[3] == 0 -> span[3] = false }
#endif
#if STRANGERS > 0
    :: atomic { strangers > 0 && made < CALLS -> strangers--; ring(0, 0) }
#endif
    od
}

#if RESTORES > 0
/* ---- a backup, or a standby that lags: what it has is what is left ---- */
mtype:state b_st[RIGHTS] = NoRight; byte b_fence[RIGHTS]; byte b_holder[RIGHTS]; byte b_id[RIGHTS]; bool b_vague[RIGHTS]; bool b_released[RIGHTS]; bool b_paid;

inline keep_copy() {
    x = 0;
    do
    :: x < RIGHTS -> b_st[x] = st[x]; b_fence[x] = fence[x]; b_holder[x] = holder[x]; b_id[x] = id[x]; b_vague[x] = vague[x]; b_released[x] = released[x]; x++
    :: else -> x = 0; break
    od;
    b_paid = paid
}

inline bring_back() {
    x = 0;
    do
    :: x < RIGHTS ->
           st[x] = b_st[x]; fence[x] = b_fence[x]; holder[x] = b_holder[x]; id[x] = b_id[x]; vague[x] = b_vague[x]; released[x] = b_released[x];
           told[x] = (st[x] == Ended -> 1 : 0);
           b_st[x] = NoRight; b_fence[x] = 0; b_holder[x] = 0; b_id[x] = 0; b_vague[x] = false; b_released[x] = false; x++
    :: else -> x = 0; break
    od;
    paid = b_paid; b_paid = false; saved = false
}

/* A ring that may have been about this order: its open right is spent by it, and where there is none, the books say so all the same. */
inline book(o) {
    if
    :: st[o * 2] == Ready || st[o * 2] == Held -> st[o * 2] = Ended; told[o * 2] = 1
    :: else -> adopted[o] = true;
#ifndef WITHOUT_BOOKING_GRANTS
           if :: st[o * 2 + 1] == Ready || st[o * 2 + 1] == Held -> st[o * 2 + 1] = Ended; told[o * 2 + 1] = 1 :: else fi
#endif
    fi
}

#ifdef WITHOUT_DOUBTING_MATCHES
#define DOUBTED(r, i) false
#else
#define DOUBTED(r, i) (by_list[r] && id[r] == (i) + 1)
#endif
#define UNHEARD_OF(i) (leg[i] != NoCall && (!OURS(i) || SOME_RIGHT(DOUBTED, i)))

inline adopt(i) {
    if
    :: UNHEARD_OF(i) ->
           book(0);
#if ORDERS == 2 && !defined(WITHOUT_ALL_ORDERS)
           book(1)
#endif
    :: else
    fi
}

#ifdef WITHOUT_WAITING_TO_ADOPT
#define CAN_ADOPT (!SOME_RIGHT(LIVE, 0))
#else
#define CAN_ADOPT (!SOME_RIGHT(LIVE, 0) && !SOME_AGENT(MAY_SEND_ANY, 0) && !SOME_RIGHT(ON_ITS_WAY, 0) && !SOME_CALL(HIDDEN, 0))
#endif

proctype Failover() {
    do
    :: atomic { !backed_up -> backed_up = true; keep_copy() }
    :: atomic { backed_up && !restored -> restored = true; bring_back(); epoch_known = false }
    :: atomic { restored && !epoch_known && CAN_ADOPT -> adopt(0); adopt(1);
#if CALLS == 3
           adopt(2);
#endif
           epoch_known = true }
    od
}
#endif

init {
    atomic {
        st[0] = Ready;
        run Passes(0); run Passes(1); run Poller(0); run Poller(1); run Network(0); run Network(1);
#if ORDERS == 2
        st[2] = Ready;
        run Passes(2); run Passes(3); run Poller(2); run Poller(3); run Network(2); run Network(3);
#endif
#ifndef NO_RELEASES
        run Managers(0);
#if ORDERS == 2
        run Managers(2);
#endif
#endif
        run Phone(0); run Phone(1);
#if CALLS == 3
        run Phone(2);
#endif
        run Agent(0);
#if AGENTS == 2
        run Agent(1);
#endif
#if RESTORES > 0
        run Failover();
#endif
        run World()
    }
}

#define CALL_OVER (leg[0] == Over && whose[0] != 0)
#define END_KNOWN (st[0] == Ended || st[1] == Ended)
ltl no_end_is_lost { [] (CALL_OVER -> <> END_KNOWN) }
ltl an_end_is_final { [] (END_KNOWN -> [] END_KNOWN) }
ltl a_result_stays { [] (saved -> [] saved) }
