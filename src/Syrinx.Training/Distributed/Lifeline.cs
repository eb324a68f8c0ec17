// Why not leave it to the launcher: mpirun notices that a process is gone and ends the others; srun without --kill-on-bad-exit does not, and neither
// notices one that is frozen or names what to do next. The star of TCP connections is our own and works the same under each.
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace Syrinx.Training.Distributed;

/// <summary>
/// Tells when a rank is lost: rank 0 holds a TCP connection to every other one. A process that ends in any way closes its connection, and one that
/// is frozen or whose machine is gone stops sending its sign of life. The process then tells the person and ends. A thread of its own.
/// </summary>
internal sealed class Lifeline : IDisposable
{
    private const int PacketLength = 9; // a Sign and a number

    /// <summary>Time between two signs of life.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// After this time without the other machine's acknowledgement of a sign of life a connection is closed. A process that is frozen or busy is not
    /// concerned, since its machine acknowledges for it.
    /// </summary>
    private static readonly TimeSpan MachineSilence = TimeSpan.FromSeconds(6);

    private readonly World _world;
    private readonly TimeSpan _silence;
    private readonly Action<string> _tell;
    private readonly List<Peer> _peers;
    private readonly ManualResetEventSlim _firstFailed = new();
    private volatile bool _done;

    private enum Sign : byte
    {
        Alive = 1,

        /// <summary>Ends as it should; the connection will close.</summary>
        Done = 2,

        /// <summary>Ends with an error that it has told of; all must end.</summary>
        Failed = 3,
    }

    private Lifeline(World world, TimeSpan silence, Action<string> tell, List<Peer> peers)
    {
        (_world, _silence, _tell, _peers) = (world, silence, tell, peers);
        new Thread(Watch) { IsBackground = true, Name = "lifeline" }.Start();
    }

    /// <summary>Connects all ranks to rank 0; where that fails for one, a line tells so and the launcher alone watches over it.</summary>
    public static Lifeline Connect(World world, TimeSpan silence, Action<string> tell)
    {
        string[] processes = world.AllGatherText($"process {Environment.ProcessId} on {Environment.MachineName}");
        var sockets = Rendezvous.Meet(world);
        if (world.IsFirst)
        {
            foreach (int missing in Enumerable.Range(1, world.Size - 1).Where(r => !sockets.ContainsKey(r)))
                tell($"note: rank {missing} ({processes[missing]}) cannot reach rank 0 over TCP; if it is lost, only the launcher will notice.");
        }
        return new Lifeline(world, silence, tell, [.. sockets.Select(s => new Peer(s.Value, s.Key, processes[s.Key]))]);
    }

    /// <summary>The ranks that have not come as far as this one, for a message; empty where none is known.</summary>
    public string Behind()
    {
        var behind = _peers.Where(p => p.Arrivals < _world.Arrivals).ToList();
        return behind.Count == 0 ? "" : $"; not there yet: {string.Join(", ", behind.Take(5).Select(p => p.Name))}{(behind.Count > 5 ? ", …" : "")}";
    }

    /// <summary>Tells the others that this rank ends with an error.</summary>
    public void Failed() => Broadcast(Sign.Failed);

    /// <summary>Whether rank 0 says within a time that it fails.</summary>
    public bool FirstFails(TimeSpan within) => _firstFailed.Wait(within);

    /// <summary>Ends as it should.</summary>
    public void Dispose()
    {
        // the process ends next, and with it thread and connections; "done" is read before the end of a connection is
        _done = true;
        Broadcast(Sign.Done);
    }

    private void Watch()
    {
        var clock = Stopwatch.StartNew();
        TimeSpan now = clock.Elapsed, last = now, beat = now;
        while (!_done)
        {
            // hearing the others must not make this rank speak more often, or all would answer each other without a pause
            if (now >= beat)
            {
                Broadcast(Sign.Alive);
                beat = now + Beat;
            }
            var open = _peers.Where(p => !p.Closed).ToList();
            if (open.Count == 0)
            {
                Thread.Sleep(Beat);
                now = last = clock.Elapsed;
                continue;
            }
            var readable = open.ConvertAll(p => p.Socket);
            try
            {
                Socket.Select(readable, null, null, beat - now);
            }
            catch (SocketException)
            {
                readable.Clear();
            }
            now = clock.Elapsed;
            // this process was stopped and continued, as by Ctrl-Z: what the others did meanwhile has not been heard yet
            if (now - last > 6 * Beat)
                open.ForEach(p => p.Heard = now);
            last = now;
            var spoke = readable.ToHashSet();
            foreach (var peer in open)
            {
                if (spoke.Contains(peer.Socket) && !Hear(peer, now))
                    Lost(peer, "its connection is closed");
                else if (!peer.Closed && now - peer.Heard > _silence)
                    Lost(peer, $"no sign of life for {_silence.TotalSeconds:0} s");
            }
        }
    }

    /// <summary>Reads what a peer sent; false where it is gone without a word.</summary>
    private bool Hear(Peer peer, TimeSpan now)
    {
        int read;
        try
        {
            read = peer.Socket.Receive(peer.Buffer, peer.Filled, peer.Buffer.Length - peer.Filled, SocketFlags.None);
        }
        catch (SocketException)
        {
            read = 0;
        }
        if (read == 0)
            return _done;
        peer.Heard = now;
        peer.Filled += read;
        int at = 0;
        for (; at + PacketLength <= peer.Filled; at += PacketLength)
        {
            peer.Arrivals = BinaryPrimitives.ReadInt64LittleEndian(peer.Buffer.AsSpan(at + 1));
            switch ((Sign)peer.Buffer[at])
            {
                case Sign.Done:
                    peer.Closed = true;
                    return true;
                case Sign.Failed:
                    peer.Closed = true;
                    OtherFailed(peer);
                    return true;
            }
        }
        peer.Buffer.AsSpan(at, peer.Filled - at).CopyTo(peer.Buffer);
        peer.Filled -= at;
        return true;
    }

    private void OtherFailed(Peer peer)
    {
        if (peer.Rank == 0)
        {
            _firstFailed.Set();
        }
        else
        {
            _tell($"error: {peer.Name} has failed, so all ranks end. {_world.Hint}".TrimEnd());
            Broadcast(Sign.Failed);
        }
        End();
    }

    private void Lost(Peer peer, string how)
    {
        if (_done)
            return;
        if (_world.Rank <= 1) // rank 0 speaks, or rank 1 where rank 0 is the one that is lost
            _tell($"error: {peer.Name} is lost: {how}. All ranks end. {_world.Hint}".TrimEnd());
        Broadcast(Sign.Failed);
        End();
    }

    /// <summary>Leaves the ending to the launcher, which keeps the failed rank's exit code, but not for long.</summary>
    private static void End()
    {
        Thread.Sleep(TimeSpan.FromSeconds(2));
        World.Exit(1);
    }

    private void Broadcast(Sign sign)
    {
        byte[] packet = new byte[PacketLength];
        packet[0] = (byte)sign;
        BinaryPrimitives.WriteInt64LittleEndian(packet.AsSpan(1), _world.Arrivals);
        foreach (var peer in _peers)
        {
            try
            {
                if (!peer.Closed)
                    _ = peer.Socket.Send(packet);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // a connection that cannot be written to cannot be read from either, and that is where it is noticed
            }
        }
    }

    private sealed class Peer
    {
        public Peer(Socket socket, int rank, string process)
        {
            (Socket, Rank, Name) = (socket, rank, $"rank {rank} ({process})");
            socket.NoDelay = true;
            socket.SendTimeout = 1000; // a frozen peer's full buffer must not stop the watch over the others
            const int tcp = 6, userTimeout = 18; // IPPROTO_TCP, TCP_USER_TIMEOUT of tcp(7)
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption(tcp, userTimeout, BitConverter.GetBytes((int)MachineSilence.TotalMilliseconds));
        }

        public Socket Socket { get; }

        public int Rank { get; }

        public string Name { get; }

        public byte[] Buffer { get; } = new byte[64 * PacketLength];

        public int Filled { get; set; }

        public TimeSpan Heard { get; set; }

        public long Arrivals { get; set; }

        public bool Closed { get; set; }
    }
}
