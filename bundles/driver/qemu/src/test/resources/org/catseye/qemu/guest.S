# The operating system of the virtual machines in the tests: a boot sector for disks and CDs, in real mode. It waits for
# commands on COM1 and carries them out, so that a test is the guest's side of a drive:
#   A, 12 bytes   an ATAPI command to the CD drive (secondary master) without DMA; data goes to the address 0x20000.
#                 Answer: the status and the error register.
#   S, Q, C, T    suspend to RAM, power off, report a crash (pvpanic), write a T on the screen
# It answers a press of the power button (PIIX4, fixed ACPI event) with P and switches itself off. First it sends B and the
# number of the drive from which the BIOS started it: 0x80 is a disk, 0xe0 and above a CD.
#
# as --32 -o guest.o guest.S && ld -m elf_i386 -Ttext 0x7c00 --oformat binary -o guest.bin guest.o && base64 -w 100 guest.bin
.code16
.intel_syntax noprefix
.globl _start
_start:
    jmp     0:begin
begin:
    cli
    xor     ax, ax
    mov     ds, ax
    mov     ss, ax
    mov     sp, 0x7c00
    # Interrupts of COM1 wake the processor; bytes are read by polling.
    mov     word ptr [0x0c * 4], offset wake
    mov     word ptr [0x0c * 4 + 2], ax
    mov     bl, dl
    mov     dx, 0x3f9
    mov     al, 1
    out     dx, al
    mov     dx, 0x3fc
    mov     al, 0x0b
    out     dx, al
    in      al, 0x21
    and     al, 0xef
    out     0x21, al
    # The event of the power button is recorded only if it is enabled.
    mov     dx, 0x602
    mov     ax, 0x100
    out     dx, ax
    mov     al, 'B'
    call    send
    mov     al, bl
    call    send

main:
    call    receive
    cmp     al, 'A'
    je      atapi
    cmp     al, 'S'
    je      suspend
    cmp     al, 'Q'
    je      off
    cmp     al, 'C'
    je      crash
    cmp     al, 'T'
    jne     main
    mov     ax, 0x0e54
    int     0x10
    jmp     main

atapi:
    mov     di, offset packet
    mov     cx, 12
1:  call    receive
    mov     [di], al
    inc     di
    loop    1b
    mov     dx, 0x176
    mov     al, 0xa0
    out     dx, al
    call    ready
    mov     dx, 0x171
    xor     al, al
    out     dx, al
    mov     dx, 0x174           # 31 sectors at a time
    out     dx, al
    inc     dx
    mov     al, 0xf8
    out     dx, al
    mov     dx, 0x177
    mov     al, 0xa0
    out     dx, al
    call    ready
    mov     si, offset packet
    mov     cx, 6
    mov     dx, 0x170
    rep outsw
    mov     bx, 0x2000
2:  call    ready
    test    al, 8
    jz      3f
    mov     dx, 0x174
    in      al, dx
    mov     cl, al
    inc     dx
    in      al, dx
    mov     ch, al
    mov     es, bx
    mov     ax, cx
    shr     ax, 4
    add     bx, ax
    inc     cx
    shr     cx, 1
    xor     di, di
    mov     dx, 0x170
    rep insw
    jmp     2b
3:  mov     dx, 0x177
    in      al, dx
    call    send
    mov     dx, 0x171
    in      al, dx
    call    send
    jmp     main

crash:
    mov     dx, 0x505
    mov     al, 1
    out     dx, al
    jmp     main

suspend:
    mov     ax, 0x2400
    jmp     sleep
off:
    mov     ax, 0x2000
sleep:
    mov     dx, 0x604
    out     dx, ax
    jmp     main

# The status of the drive in al when it is no longer busy.
ready:
    mov     dx, 0x376
4:  in      al, dx
    test    al, 0x80
    jnz     4b
    ret

# The next byte in al. Until then it looks after the power button with each tick of the clock.
receive:
    cli
    mov     dx, 0x3fd
    in      al, dx
    test    al, 1
    jz      5f
    mov     dx, 0x3f8
    in      al, dx
    sti
    ret
5:  mov     dx, 0x600
    in      ax, dx
    test    ah, 1
    jz      6f
    mov     ax, 0x100
    out     dx, ax
    mov     al, 'P'
    call    send
    jmp     off
6:  sti
    hlt
    jmp     receive

send:
    mov     dx, 0x3f8
    out     dx, al
    ret

wake:
    push    ax
    mov     al, 0x20
    out     0x20, al
    pop     ax
    iret

.org 0x1fe
    .word   0xaa55
packet:
