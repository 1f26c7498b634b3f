namespace Callback.Database.Embedded;

/// <summary>A lock (flock) on a file, freed by the system when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <returns>The lock, or null when another process has it.</returns>
    public static FileLock? TryTake(string path, bool shared = false)
    {
        try
        {
            // Reading with FileShare.Read is a shared flock, FileShare.None an exclusive one.
            return new FileLock(shared
                ? new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)
                : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Waits until the lock is free; another process holds it for seconds only.</summary>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
    }

    public void Dispose() => file.Dispose();
}
