using System.Security.Cryptography;

namespace TwilioFake.Network;

/// <summary>Everything that exists, the lock around it, and the clock that moves it.</summary>
internal sealed class World(FakeTwilioOptions options) : IDisposable
{
    private readonly HashSet<ITimer> timers = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int era;

    public FakeTwilioOptions Options => options;
    public Lock Gate { get; } = new();
    public List<FakeCall> Calls { get; } = [];
    public List<FakeConference> Conferences { get; } = [];
    public List<FakeRecording> Recordings { get; } = [];

    /// <summary>What Twilio would show in its debugger: failed webhooks, TwiML it does not understand.</summary>
    public List<string> Errors { get; } = [];
    public PhoneScript Script { get; set; } = options.Script;

    /// <summary>Where this server is, for addresses in webhooks.</summary>
    public string PublicAddress { get; set; } = "";
    public TimeProvider Time => options.Time;
    public DateTimeOffset Now => options.Time.GetUtcNow();

    /// <summary>When the next call may leave Twilio's own queue.</summary>
    public DateTimeOffset NextStart { get; set; }

    public static string NewSid(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Does something later, under the lock; forgotten at a reset.</summary>
    public void After(TimeSpan delay, Action act)
    {
        var mine = era;
        ITimer? timer = null;
        timer = Time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (Gate)
            timers.Add(timer);
        timer.Change(delay, Timeout.InfiniteTimeSpan);

        void Fire()
        {
            lock (Gate)
            {
                timers.Remove(timer!);
                if (mine == era)
                    act();
            }
            timer!.Dispose();
            Pulse();
        }
    }

    public FakeCall? FindCall(string sid) => Calls.Find(call => call.Sid == sid);

    /// <summary>The running room of this name or SID, or the ended one of this SID.</summary>
    public FakeConference? FindConference(string nameOrSid) =>
        Conferences.Find(room => room.Sid == nameOrSid) ?? Conferences.FindLast(room => room.Name == nameOrSid && room.Status != "completed");

    /// <summary>Wakes those who wait for something to happen.</summary>
    public void Pulse() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public Task ChangeAsync() => Volatile.Read(ref changed).Task;

    public void Clear()
    {
        lock (Gate)
        {
            era++;
            foreach (var timer in timers)
                timer.Dispose();
            timers.Clear();
            foreach (var call in Calls)
                call.Playing?.Cancel();
            Calls.Clear();
            Conferences.Clear();
            Recordings.Clear();
            Errors.Clear();
            Script = options.Script;
            NextStart = default;
        }
        Pulse();
    }

    public void Dispose() => Clear();
}
