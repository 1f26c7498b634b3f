using System.Globalization;
using System.Runtime.InteropServices;

namespace Callback.Chaos.Ground;

/// <summary>What kills, pauses and wakes a process.</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Quit = 3;
    private const int End = 15;
    private const int Int = 2;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>At once: nothing of the process's own runs any more.</summary>
    public static void KillNow(int pid) => Send(pid, Kill);

    /// <summary>PostgreSQL's immediate stop: no checkpoint, recovery at the next start.</summary>
    public static void QuitNow(int pid) => Send(pid, Quit);

    /// <summary>PostgreSQL's fast stop.</summary>
    public static void Interrupt(int pid) => Send(pid, Int);

    /// <summary>Asks a process to end in order.</summary>
    public static void Terminate(int pid) => Send(pid, End);

    public static void Pause(int pid) => Send(pid, Stop);

    public static void Resume(int pid) => Send(pid, Continue);

    /// <summary>The process's children, as the kernel knows them now.</summary>
    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name is [>= '0' and <= '9', ..])
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(child => ParentOf(child) == pid)];

    private static int? ParentOf(int pid)
    {
        try
        {
            // "1234 (name with ) and spaces) S 1 …"
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process that is gone already needs no signal.</summary>
    private static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
