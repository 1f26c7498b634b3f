using Callback.Orders;

namespace Callback.Web.Components.Imports;

/// <summary>Runs uploaded files after their request has been answered, two at a time; the page follows the import's row. A node that stops leaves the import as interrupted.</summary>
internal sealed partial class ImportUploads(ImportOrders import, Surroundings surroundings, IHostApplicationLifetime lifetime, ILogger<ImportUploads> log) : IDisposable
{
    private readonly SemaphoreSlim places = new(2);

    public void Dispose() => places.Dispose();

    private string Folder => Directory.CreateDirectory(Path.Combine(surroundings.DataFolder, "uploads")).FullName;

    /// <summary>Keeps the upload on disk until it is imported, readable to nobody by name.</summary>
    public async Task<FileStream> KeepAsync(IFormFile upload, CancellationToken ct)
    {
        var file = new FileStream(Path.Combine(Folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
            BufferSize = 128 * 1024,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            await upload.CopyToAsync(file, ct);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <param name="input">Its file is closed, and so deleted, at the end.</param>
    public void Start(Actor actor, ImportOrdersInput input) => _ = Task.Run(() => RunAsync(actor, input, lifetime.ApplicationStopping));

    private async Task RunAsync(Actor actor, ImportOrdersInput input, CancellationToken ct)
    {
        await using var file = input.File;
        try
        {
            await places.WaitAsync(ct);
            try
            {
                await import.RunAsync(actor, input, ct);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Stopped(log, input.ImportId);
        }
        catch (Exception e)
        {
            Failed(log, input.ImportId, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The program stops; import {ImportId} is left as interrupted.")]
    private static partial void Stopped(ILogger log, Guid? importId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {ImportId} failed.")]
    private static partial void Failed(ILogger log, Guid? importId, Exception e);
}
